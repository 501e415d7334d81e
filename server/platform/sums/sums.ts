/** Numbers by their names, in groups: counts, and sums of whole numbers, so that they stay exact. What is not there is 0. */
export interface Sums {
  readonly [name: string]: number | Sums;
}

/** Where sums are kept: what is counted by itself, and what of it. */
export interface SumPlace {
  readonly subject: string;
  readonly part: string;
  readonly name: string;
}

/** Sums at a place, or what is added to them. */
export interface Added extends SumPlace {
  readonly sums: Sums;
}

/** Both together; or, with `times` -1, the first without the second. What comes to nothing is left out. */
export function plus(one: Sums, other: Sums, times: 1 | -1 = 1): Sums {
  const all: Record<string, number | Sums> = { ...one };
  for (const [name, more] of Object.entries(other)) {
    const after =
      typeof more === 'number' ? numberIn(all, name) + times * more : plus(groupIn(all, name), more, times);
    if (comesToNothing(after)) delete all[name];
    else all[name] = after;
  }
  return all;
}

const comesToNothing = (sums: number | Sums): boolean => sums === 0 || hasNothing(sums);

export const hasNothing = (sums: number | Sums): boolean =>
  typeof sums === 'object' && Object.keys(sums).length === 0;

/** What is added, once for each part. Parts of which nothing is left are left out. */
export function together(all: readonly Added[]): Added[] {
  const parts = new Map<string, Added>();
  for (const added of all) {
    const known = parts.get(sumKey(added));
    parts.set(sumKey(added), { ...added, sums: plus(known?.sums ?? {}, added.sums) });
  }
  return [...parts.values()].filter(({ sums }) => !hasNothing(sums));
}

/** The same, to be taken away. */
export const negative = (all: readonly Added[]): Added[] =>
  all.map(added => ({ ...added, sums: plus({}, added.sums, -1) }));

/** A place as one text. */
export const sumKey = ({ subject, part, name }: SumPlace): string => JSON.stringify([subject, part, name]);

/** The same sums, in the same words: names in order. */
export function sumsText(sums: Sums): string {
  return JSON.stringify(inOrder(sums));
}

const inOrder = (sums: number | Sums): unknown =>
  typeof sums === 'number'
    ? sums
    : Object.fromEntries(
        Object.keys(sums)
          .sort()
          .map(name => [name, inOrder(sums[name] ?? 0)]),
      );

/** A number by its name. */
export function numberIn(sums: Sums, name: string): number {
  const found = sums[name];
  return typeof found === 'number' ? found : 0;
}

/** A group by its name. */
export function groupIn(sums: Sums, name: string): Sums {
  const found = sums[name];
  return typeof found === 'object' ? found : {};
}
