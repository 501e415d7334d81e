import type { Item, OptionItem } from '../schema/types.js';

/** How the keys of a bank stand over the positions a, b, c, …; `chiSquare` against an even spread, `limit` at 1 in 20. */
export type KeySpread = { counts: number[]; chiSquare: number; limit: number };

/** Items whose key picks some of the options; where all are used, position and length tell nothing. */
const choices = (items: Item[]): OptionItem[] =>
  items.filter(item => 'options' in item && item.type !== 'ordering' && item.type !== 'matching');

/** Upper 5 % points of χ² with 1, 2, 3, 4 degrees of freedom. */
const limits = [3.84, 5.99, 7.81, 9.49];

export function keySpread(bank: Item[]): KeySpread {
  const items = choices(bank);
  const width = Math.max(2, ...items.map(item => item.options.length));
  const counts = Array.from({ length: width }, () => 0);
  const expected = Array.from({ length: width }, () => 0);
  for (const { options, key } of items)
    options.forEach((option, position) => {
      if (key.includes(option.id)) counts[position] = (counts[position] ?? 0) + 1;
      expected[position] = (expected[position] ?? 0) + key.length / options.length;
    });
  const terms = expected.map((mean, position) =>
    mean === 0 ? 0 : ((counts[position] ?? 0) - mean) ** 2 / mean,
  );
  return {
    counts,
    chiSquare: terms.reduce((a, b) => a + b, 0),
    limit: limits[Math.min(width, 5) - 2] ?? 9.49,
  };
}

/** The share of items with one right answer whose right answer is longer than every other (chance: about a third). */
export function longestKeyShare(items: Item[]): number {
  const one = choices(items).filter(item => item.type !== 'multiple');
  return one.length === 0 ? 0 : one.filter(keyIsLongest).length / one.length;
}

function keyIsLongest({ options, key }: OptionItem): boolean {
  const length = options.find(option => key.includes(option.id))?.text.length ?? 0;
  return options.every(option => key.includes(option.id) || option.text.length < length);
}

/**
 * Do the ids, which the page shows, give the answer away? Steps lettered in their right order do, and options
 * lettered in the order of their prompts.
 */
export function idsTellKey({ type, key }: Pick<OptionItem, 'type' | 'key'>): boolean {
  if (type !== 'ordering' && type !== 'matching') return false;
  return key.every((id, at) => at === 0 || id > (key[at - 1] ?? ''));
}

/** The largest distance of an option's length from the item's mean, as a share of the mean. */
export function lengthSpread({ options }: Pick<OptionItem, 'options'>): number {
  const mean = options.reduce((total, { text }) => total + text.length, 0) / options.length;
  return Math.max(...options.map(({ text }) => Math.abs(text.length - mean) / mean));
}

/** Pairs of texts whose runs of three words overlap by at least `limit` (Jaccard), each pair once. */
export function nearDuplicates<T>(entries: T[], text: (entry: T) => string, limit: number): [T, T][] {
  const runs = entries.map(entry => shingles(text(entry)));
  const pairs: [T, T][] = [];
  entries.forEach((a, i) => {
    for (let j = i + 1; j < entries.length; j += 1)
      if (overlap(runs[i] as Set<string>, runs[j] as Set<string>) >= limit) pairs.push([a, entries[j] as T]);
  });
  return pairs;
}

function shingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 3) return new Set(words);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

function overlap(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  const shared = [...small].filter(run => large.has(run)).length;
  return shared / (a.size + b.size - shared);
}
