/** No page shows anything about a group of fewer people than this. */
export const SMALLEST_GROUP = 5;

/** The people in a group, only as many as are needed to know whether it is large enough. */
export type People = Set<string>;

export function addPerson(people: People, id: string): void {
  if (people.size < SMALLEST_GROUP) people.add(id);
}

/** How often something was chosen or said, and by whom. */
export interface Tally {
  n: number;
  readonly people: People;
}

export const isSmall = (people: People): boolean => people.size < SMALLEST_GROUP;

/**
 * The counts of one group that may be shown. Counts of one to four people are hidden; zero is shown. When only one count
 * is hidden, the next smallest is hidden with it: otherwise it would follow from the others by subtraction.
 */
export function shownCounts(
  counts: readonly { readonly n: number; readonly people: ReadonlySet<string> }[],
): (number | null)[] {
  const hidden = counts.map(({ n, people }) => n > 0 && people.size < SMALLEST_GROUP);
  if (hidden.filter(Boolean).length === 1) {
    const others = counts.filter(({ n }, at) => n > 0 && !hidden[at]).map(({ n }) => n);
    const partner = counts.findIndex(({ n }, at) => !hidden[at] && n === Math.min(...others));
    if (partner !== -1) hidden[partner] = true;
  }
  return counts.map(({ n }, at) => (hidden[at] ? null : n));
}
