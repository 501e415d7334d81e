import type { Content, Item } from '../courses/content/types.js';
import { choicesIn, type Page } from './client.js';

/**
 * Answers a question page as a learner who knows the content: the item is found by its words, the key in
 * the content files. With `wrong`, as one who does not.
 */
export function answerFor(page: Page, content: Content, wrong: boolean): Record<string, string | string[]> {
  const item = itemOn(page, content);
  const offered = choicesIn(page.text);
  const key: readonly string[] = wrong ? others(item) : item.key;
  if (item.type === 'true-false')
    return { truth: String(wrong ? !item.truth : item.truth), reason: key[0] ?? '' };
  const values = offered.map(({ value }) => value).filter(value => key.includes(value));
  return { choice: values };
}

function itemOn({ text, path }: Page, content: Content): Item {
  const shown = plain(text);
  const items = [...content.modules.flatMap(module => module.items), ...(content.final?.items ?? [])];
  // The longest stem wins, so that a stem that is part of another is not taken for it.
  const found = items
    .filter(item => shown.includes(plain(item.stem)))
    .sort((a, b) => b.stem.length - a.stem.length)[0];
  if (!found) throw new Error(`No question of the content is on ${path}`);
  return found;
}

/** As many wrong options as there are right ones. */
const others = (item: Item): string[] =>
  item.options
    .map(({ id }) => id)
    .filter(id => !(item.key as readonly string[]).includes(id))
    .slice(0, item.key.length);

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
