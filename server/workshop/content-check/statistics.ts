import type { Item } from '../../teaching/questions/item.js';
import type { Choice } from '../../teaching/questions/question-type.js';
import { questionTypes } from '../../teaching/questions/question-types.js';

/** How the keys of a bank are spread over the positions a, b, c, …: χ² against an even spread, with its limit at 5 %. */
export type KeySpread = { counts: number[]; chiSquare: number; limit: number };

/** The written options of each item of which some are wrong on their own; where all are used, position and length tell nothing. */
const choicesIn = (bank: readonly Item[]): (readonly Choice[])[] =>
  bank
    .map(item =>
      questionTypes
        .of(item)
        .choices(item)
        .filter(({ part }) => part === 'option'),
    )
    .filter(choices => choices.length > 0);

/** Upper 5 % points of χ² with 1, 2, 3, 4 degrees of freedom. */
const limits = [3.84, 5.99, 7.81, 9.49];

export function keySpread(bank: readonly Item[]): KeySpread {
  const items = choicesIn(bank);
  const width = Math.max(2, ...items.map(choices => choices.length));
  const counts = Array.from({ length: width }, () => 0);
  const expected = Array.from({ length: width }, () => 0);
  for (const choices of items) {
    const right = choices.filter(({ isRight }) => isRight).length;
    choices.forEach(({ isRight }, position) => {
      if (isRight) counts[position] = (counts[position] ?? 0) + 1;
      expected[position] = (expected[position] ?? 0) + right / choices.length;
    });
  }
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
export function longestKeyShare(items: readonly Item[]): number {
  const one = choicesIn(items).filter(choices => choices.filter(({ isRight }) => isRight).length === 1);
  return one.length === 0 ? 0 : one.filter(keyIsLongest).length / one.length;
}

function keyIsLongest(choices: readonly Choice[]): boolean {
  const length = choices.find(({ isRight }) => isRight)?.text.length ?? 0;
  return choices.every(({ isRight, text }) => isRight || text.length < length);
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
