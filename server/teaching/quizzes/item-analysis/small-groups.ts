/** No page shows anything about a group of fewer people than this. */
export const SMALLEST_GROUP = 5;

/**
 * How often something was chosen or said; `again`: how often of that by somebody who was counted before. So the people are
 * the others, or a few more: whoever is counted by a later try alone is left out. No number tells of a group that is too small.
 */
export interface Tally {
  n: number;
  again: number;
}

export const nobody = (): Tally => ({ n: 0, again: 0 });

/** Count once more. */
export function addTally(tally: Tally, isNew: boolean): void {
  tally.n += 1;
  if (!isNew) tally.again += 1;
}

/** Both counts as one, where nobody is new in both. */
export const sumOfTallies = (tallies: readonly Tally[]): Tally => ({
  n: tallies.reduce((sum, { n }) => sum + n, 0),
  again: tallies.reduce((sum, { again }) => sum + again, 0),
});

/** Several counts as one, where the same people may be in each: at least as many people as in the largest. */
export function mergedTallies(tallies: readonly Tally[]): Tally {
  const n = tallies.reduce((sum, each) => sum + each.n, 0);
  return { n, again: n - Math.max(0, ...tallies.map(peopleCounted)) };
}

/** How many people there are at least. */
export const peopleCounted = ({ n, again }: Readonly<Tally>): number => n - again;

export const isSmall = (tally: Readonly<Tally>): boolean => peopleCounted(tally) < SMALLEST_GROUP;

/**
 * The counts of one group that may be shown. Counts of one to four people are hidden; zero is shown. When only one count
 * is hidden, the next smallest is hidden with it: otherwise it would follow from the others by subtraction.
 */
export function shownCounts(counts: readonly Readonly<Tally>[]): (number | null)[] {
  const hidden = counts.map(tally => tally.n > 0 && isSmall(tally));
  if (hidden.filter(Boolean).length === 1) {
    const others = counts.filter(({ n }, at) => n > 0 && !hidden[at]).map(({ n }) => n);
    const partner = counts.findIndex(({ n }, at) => !hidden[at] && n === Math.min(...others));
    if (partner !== -1) hidden[partner] = true;
  }
  return counts.map(({ n }, at) => (hidden[at] ? null : n));
}
