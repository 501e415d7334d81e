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

/** What is wrong with a form that was refused: the message for each field, as the summary above the form lists them. */
export function errorsOn({ text }: { readonly text: string }): Record<string, string> {
  const summary = /<div class="summary"[\s\S]*?<\/ul>/.exec(text)?.[0] ?? '';
  const messages = summary.matchAll(/<li>(?:<a href="#([\w-]+)">)?([\s\S]*?)<\/li>/g);
  return Object.fromEntries([...messages].map(([, field = 'form', message = '']) => [field, plain(message)]));
}
