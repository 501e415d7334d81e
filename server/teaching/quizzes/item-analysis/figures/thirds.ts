import type { RestGroup } from './item-sums.js';
import { nobody, sumOfTallies, type Tally } from '../small-groups.js';

/** Several rest groups as one. */
export interface Third extends Readonly<Tally> {
  readonly points: number;
  readonly choices: ReadonlyMap<string, Tally>;
}

export interface Thirds {
  readonly lower: Third;
  readonly middle: Third;
  readonly upper: Third;
}

/**
 * People by their points on the rest of the form: the lower and the upper third, and those between. People with
 * the same points are not torn apart, so an outer group may be larger than a third. When both thirds would end
 * within one such lot of people (short forms have few different results), it stands between them, or beside the
 * only other people there are. Null when all have the same points.
 */
export function thirdsOf(byRest: ReadonlyMap<number, RestGroup>): Thirds | null {
  const groups = [...byRest].sort(([a], [b]) => a - b).map(([, group]) => group);
  if (groups.length < 2) return null;
  const n = sum(groups.map(group => group.n));
  const low = reach(groups, n);
  const high = groups.length - 1 - reach(groups.toReversed(), n);
  const [from, to] = low < high ? [low + 1, high] : beside(low, groups.length);
  return {
    lower: merge(groups.slice(0, from)),
    middle: merge(groups.slice(from, to)),
    upper: merge(groups.slice(to)),
  };
}

/** Where the middle begins and ends when the lot at `at` of `count` holds both boundaries. */
function beside(at: number, count: number): [number, number] {
  if (at === 0) return [1, 1];
  return at === count - 1 ? [at, at] : [at, at + 1];
}

/** All groups as one. */
export const everybody = (byRest: ReadonlyMap<number, RestGroup>): Third => merge([...byRest.values()]);

/** The place at which a third of all `n` is reached, counted from the beginning. */
function reach(groups: readonly RestGroup[], n: number): number {
  let reached = 0;
  return groups.findIndex(group => (reached += group.n) * 3 >= n);
}

function merge(groups: readonly RestGroup[]): Third {
  const ids = new Set(groups.flatMap(({ choices }) => [...choices.keys()]));
  return {
    ...sumOfTallies(groups),
    points: sum(groups.map(group => group.points)),
    choices: new Map(
      [...ids].map(id => [id, sumOfTallies(groups.map(({ choices }) => choices.get(id) ?? nobody()))]),
    ),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
