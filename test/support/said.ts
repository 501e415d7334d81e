import { translator, type Translate } from '../../server/platform/i18n/i18n.js';
import { plain } from './pages.js';

/**
 * What the product says in English under a key, as `plain` reads it off a page: tests name the key, and its words may change. Throws
 * for a key without a text.
 */
export const said: Translate = (key, blanks) => {
  const text = translator('en')(key, blanks);
  if (text === key) throw new Error(`There is no text "${key}"`);
  return plain(text);
};

/** The title of the page with this heading, outside every part of the site; of a form that was refused, `isRefused`. */
export function titleSaid(heading: string, { isRefused = false } = {}): string {
  const title = `${said(heading)} – ${said('frame.title')}`;
  return isRefused ? said('frame.errorTitle', { title }) : title;
}

/** What is wrong with a form that was refused: the message for each field, as the summary above the form lists them. */
export function errorsOn({ text }: { readonly text: string }): Record<string, string> {
  const summary = /<div class="summary"[\s\S]*?<\/ul>/.exec(text)?.[0] ?? '';
  const messages = summary.matchAll(/<li>(?:<a href="#([\w-]+)">)?([\s\S]*?)<\/li>/g);
  return Object.fromEntries([...messages].map(([, field = 'form', message = '']) => [field, plain(message)]));
}

/**
 * As `said`, where a test does not know what stands in a blank: a blank may be a pattern. `saidLike('limits.until', { time: /\d\d:\d\d/ })`.
 */
export function saidLike(key: string, blanks: Record<string, string | number | RegExp>): RegExp {
  const patterns: string[] = [];
  const filled = Object.entries(blanks).map(([name, blank]) =>
    blank instanceof RegExp ? [name, `@@${patterns.push(blank.source) - 1}@@`] : [name, blank],
  );
  const text = said(key, Object.fromEntries(filled) as Record<string, string | number>);
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replace(/@@(\d+)@@/g, (_, at: string) => `(?:${patterns[Number(at)]})`));
}
