/** What is written of one assignment. */
interface Sized {
  readonly retired: readonly unknown[];
  readonly added: readonly unknown[];
}

/** Rows of one transaction, at least and at most, and how long it should take (ms): so long whoever else writes waits for it. */
const [LEAST, MOST, AIM] = [30, 200, 10];

/** Rows of the first transaction, while nobody knows how long one takes. */
export const FIRST_SIZE = 60;

/** The next assignments to be written together: no more rows than `size`, unless one assignment alone has more. */
export function partOf<A extends Sized>(all: readonly A[], from: number, size: number): readonly A[] {
  let [end, rows] = [from, 0];
  for (; end < all.length; end += 1) {
    rows += (all[end]?.retired.length ?? 0) + (all[end]?.added.length ?? 0);
    if (rows > size && end > from) break;
  }
  return all.slice(from, end);
}

/** How many rows the next transaction has, where one of `size` rows took so long (ms): fewer on a busy machine or a slow disk. */
export const nextSize = (size: number, took: number): number =>
  Math.min(MOST, Math.max(LEAST, Math.round((size * AIM) / Math.max(1, took))));
