import { translator, type Translate } from '../../server/i18n/i18n.js';
import { plain } from './walk.js';

/**
 * What the product says in English under a key, as `plain` reads it off a page: tests name the key, and its words may change. Throws
 * for a key without a text.
 */
export const said: Translate = (key, blanks) => {
  const text = translator('en')(key, blanks);
  if (text === key) throw new Error(`There is no text "${key}"`);
  return plain(text);
};
