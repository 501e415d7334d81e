import { isFor, type JobName, type Whom } from '../questions/jobs.js';
import { isAtLeast, LEVELS, type Level } from '../questions/levels.js';
import { DISPOSITIONS, type Disposition } from '../questions/types/decision/dispositions.js';
import type { Bound } from './filling.js';

/** The part of an item that a bound looks at. */
interface Measured {
  readonly id: string;
  readonly objective: string;
  readonly level: Level;
  readonly critical: string | false;
  /** The right answer of a decision; absent from every other item. */
  readonly disposition?: string | undefined;
  readonly roles?: readonly JobName[] | undefined;
  readonly points?: readonly string[] | undefined;
}

/** So many items of each form come from the bank of a module; `items`: the ids of those that may be drawn. */
export type BankShare = {
  readonly module: string;
  readonly count: number;
  readonly items: readonly string[];
};

/** What every form of a quiz holds. */
export interface Promises {
  readonly minCritical: number;
  /** Items at this level or above: an item at a higher level counts for the lower ones, too. */
  readonly levels?: { readonly [name in Level]?: number | undefined } | undefined;
  readonly objectives?: { readonly [id: string]: number } | undefined;
  /** The exact number of decisions; of each right answer, the fewest and the most. The seed of a form chooses between them. */
  readonly decisions?:
    | ({ readonly count: number } & {
        readonly [name in Disposition]?: readonly [least: number, most: number] | undefined;
      })
    | undefined;
  /** At least so many items written for the learner's job, or for its family where the form is drawn for that. */
  readonly own?: number | undefined;
  /** The same in versions published before: there, what plays anywhere named each job of the course. */
  readonly family?: number | undefined;
  /** At least so many items that ask what only the course says. */
  readonly points?: number | undefined;
  /** Exactly so many items of each of these banks; all others come from the quiz's own. */
  readonly from?: readonly BankShare[] | undefined;
}

/** What a quiz promises, one by one; `name` follows a number. `whom`: the learner's job or its family, null where none is known. */
export function boundsOf(promises: Promises, whom: Whom | null = null): Bound<Measured>[] {
  const { minCritical, levels = {}, objectives = {}, points = 0 } = promises;
  const all: Bound<Measured>[] = [
    ...Object.keys(objectives)
      .sort()
      .map(id => ({ name: `items on ${id}`, count: objectives[id] ?? 0, fits: on(id) })),
    { name: 'safety-critical items', count: minCritical, fits: item => item.critical !== false },
    ...LEVELS.toReversed().map(level => ({
      name: `items at ${level} or above`,
      count: levels[level] ?? 0,
      fits: (item: Measured) => isAtLeast(item.level, level),
    })),
    ...decisionBounds(promises),
    { name: 'items on points of the course', count: points, fits: item => item.points !== undefined },
    ...(whom ? [ownBound(promises, whom)] : []),
    ...shareBounds(promises),
  ];
  return all.filter(({ count, most }) => count > 0 || most !== undefined);
}

const on =
  (id: string) =>
  ({ objective }: Measured): boolean =>
    objective === id;

function decisionBounds({ decisions }: Promises): Bound<Measured>[] {
  if (!decisions) return [];
  const { count } = decisions;
  const keyed = DISPOSITIONS.flatMap((name): Bound<Measured>[] => {
    const [least, most] = decisions[name] ?? [];
    if (least === undefined || most === undefined) return [];
    return [
      {
        ...{ name: `decisions for ${name}`, count: least, most, partOf: 'decisions' },
        fits: ({ disposition }) => disposition === name,
      },
    ];
  });
  const parts = keyed.length === DISPOSITIONS.length ? { parts: keyed.length } : {};
  return [
    { name: 'decisions', count, most: count, ...parts, fits: ({ disposition }) => disposition !== undefined },
    ...keyed,
  ];
}

const ownBound = ({ family = 0, own: count = family }: Promises, whom: Whom): Bound<Measured> => ({
  name: `items for ${whom}`,
  count,
  fits: item => isFor(whom, item),
});

const shareBounds = ({ from = [] }: Promises): Bound<Measured>[] =>
  from.map(({ module, count, items }) => {
    const ids = new Set(items);
    return { name: `items of ${module}`, count, most: count, fits: ({ id }) => ids.has(id) };
  });

/**
 * Each way to settle what leaves a range: one exact number for each, without those whose parts cannot make their whole. Null where
 * there are more ways than `most`.
 */
export function settled<T>(bounds: readonly Bound<T>[], most: number): Bound<T>[][] | null {
  let ways: Bound<T>[][] = [[]];
  for (const bound of bounds) {
    ways = ways.flatMap(way =>
      exactly(bound)
        .map(each => [...way, each])
        .filter(isReachable),
    );
    if (ways.length > most) return null;
  }
  return ways;
}

/** May the numbers of the last bound's whole still add up? A whole stands before its parts. */
function isReachable<T>(way: readonly Bound<T>[]): boolean {
  const whole = way.find(({ name }) => name === way.at(-1)?.partOf);
  if (!whole) return true;
  const parts = way.filter(({ partOf }) => partOf === whole.name);
  const sum = parts.reduce((total, { count }) => total + count, 0);
  return parts.length === whole.parts ? sum === whole.count : sum <= whole.count;
}

/** The bound with each number that its range leaves open. */
export function exactly<T>(bound: Bound<T>): Bound<T>[] {
  const { count, most } = bound;
  if (most === undefined) return [bound];
  return Array.from({ length: most - count + 1 }, (_, n) => ({
    ...bound,
    count: count + n,
    most: count + n,
  }));
}

/** For example "2 safety-critical items" or "2 to 3 decisions for tell". */
export function boundText({ count, most = count, name }: Omit<Bound<never>, 'fits'>): string {
  if (most !== count) return `${count} to ${most} ${name}`;
  return `${count} ${count === 1 ? name.replace(/(item|decision)s/, '$1') : name}`;
}

/** May learners with this job, or of this family, be asked the item? Without either, only what is written for every job. */
export const suits = (item: Pick<Measured, 'roles'>, whom: Whom | null): boolean =>
  (item.roles ?? []).length === 0 || (whom !== null && isFor(whom, item));
