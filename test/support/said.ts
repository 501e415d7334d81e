import { translator, type Translate } from '../../server/i18n/i18n.js';
import { plain } from './walk.js';

/** What the product says in English under a key, as `plain` reads it off a page: tests name the key, and its words may change. */
export const said: Translate = (key, blanks) => plain(translator('en')(key, blanks));
