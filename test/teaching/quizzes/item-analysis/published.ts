import { unknownItem } from '../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import {
  collect,
  noSums,
  type QuizSums,
} from '../../../../server/teaching/quizzes/item-analysis/figures/collect.js';

/** Points of people (rows) on items (columns). */
export interface Matrix {
  readonly items: readonly string[];
  readonly points: readonly (readonly number[])[];
}

/**
 * The data set `attitude` of R (Chatterjee and Price 1977, table 3.3): seven marks between 0 and 100 that 30
 * departments gave. The manual of the package psych uses it for `alpha()`.
 */
export const ATTITUDE: Matrix = {
  items: ['rating', 'complaints', 'privileges', 'learning', 'raises', 'critical', 'advance'],
  points: read(`
    43 51 30 39 61 92 45   63 64 51 54 63 73 47   71 70 68 69 76 86 48   61 63 45 47 54 84 35
    81 78 56 66 71 83 47   43 55 49 44 54 49 34   58 67 42 56 66 68 35   71 75 50 55 70 66 41
    72 82 72 67 71 83 31   67 61 45 47 62 80 41   64 53 53 58 58 67 34   67 60 47 39 59 74 41
    69 62 57 42 55 63 25   68 83 83 45 59 77 35   77 77 54 72 79 77 46   81 90 50 72 60 54 36
    74 85 64 69 79 79 63   65 60 65 75 55 80 60   65 70 46 57 75 85 46   50 58 68 54 64 78 52
    50 40 33 34 43 64 33   64 61 52 62 66 80 41   53 66 52 50 63 80 37   40 37 42 58 50 57 49
    63 54 42 48 66 75 33   66 77 66 63 88 76 72   78 75 58 74 80 78 49   48 57 44 45 51 83 38
    85 85 71 71 77 74 55   82 82 39 59 64 78 39`),
};

/**
 * Ten students and ten right-or-wrong questions, with p, q and the variance of the totals worked out by hand:
 * K. Wuensch, "The Kuder-Richardson 20" (core.ecu.edu/wuenschk/StatHelp/KR20.txt).
 */
export const WUENSCH: Matrix = {
  items: Array.from({ length: 10 }, (_, n) => `item-${n + 1}`),
  points: [
    '1111110110',
    '1011011101',
    '1111011001',
    '0010001000',
    '0000010010',
    '1110111111',
    '1101110111',
    '1111111101',
    '0101111101',
    '1101101110',
  ].map(row => [...row].map(mark => Number(mark) * 100)),
};

/** The sums of a matrix: everybody has met every item, in the same order, and somebody is each row. */
export function sumsOf({ items, points }: Matrix): QuizSums {
  const sums = noSums();
  const bank = new Map(items.map(id => [id, unknownItem(id)]));
  points.forEach((row, person) => {
    const slots = items.map((itemId, at) => ({ itemId, points: row[at] ?? 0 }));
    collect(sums, { at: `${person}`, isNew: true, startedAt: 0, slots, answers: [] }, bank);
  });
  return sums;
}

/** A matrix without one of its items. */
export const without = ({ items, points }: Matrix, name: string): Matrix => ({
  items: items.filter(item => item !== name),
  points: points.map(row => row.filter((_, at) => items[at] !== name)),
});

function read(text: string): number[][] {
  const numbers = text.trim().split(/\s+/).map(Number);
  return Array.from({ length: numbers.length / 7 }, (_, row) => numbers.slice(row * 7, row * 7 + 7));
}
