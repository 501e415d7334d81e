import { limitsOf, mayWork, type Kind, type Limits, type Rest, type FillingUnit } from './filling-limits.js';

/** A form holds at least `count` items that fit, and at most `most`, where that is given. */
export interface Bound<T> {
  readonly name: string;
  readonly count: number;
  readonly most?: number;
  readonly fits: (item: T) => boolean;
  /** The name of another bound that holds all of its items; two parts of one bound have no item in common. */
  readonly partOf?: string;
  /** How many parts share out all items that fit; absent where there are items in none of them. */
  readonly parts?: number;
}

/** What a form still has to hold. */
export interface FormRequirements<T> {
  /** The exact number of items. */
  readonly draw: number;
  readonly bounds: readonly Bound<T>[];
  /** Of the items that share a pair, a form holds at most one. Undefined: the item shares none. */
  readonly pairOf?: (item: T) => string | undefined;
}

/**
 * How many states searches may still look at. Promises that overlap in many ways can have more states than anybody can wait for;
 * states are counted rather than time, so that every machine gives up at the same one.
 */
export interface Effort {
  left: number;
}

/** At worst about a second; the quizzes of courses take a hundredth of it for a whole form. */
const MOST_STATES = 60_000;

export const fullEffort = (): Effort => ({ left: MOST_STATES });

/**
 * Whether items of the pool can make a form that keeps every bound at once. The search tries every way, and no state
 * twice. A state is a kind of item and what is left to draw, so its cost does not grow with the number of forms, but
 * with kinds × draw × the counts of those bounds that overlap. Exact unless the effort is used up: then false.
 */
export const canFill = <T>(
  pool: readonly T[],
  requirements: FormRequirements<T>,
  effort = fullEffort(),
): boolean => fillable(pool, [requirements], effort).length > 0;

/**
 * Those requirements that items of the pool can meet, as far as the effort goes. They differ in numbers alone, so that the pool is
 * sorted once for all.
 */
export function fillable<T, R extends FormRequirements<T>>(
  pool: readonly T[],
  all: readonly R[],
  effort = fullEffort(),
): R[] {
  const [first] = all;
  if (!first) return [];
  const units = [...grouped(pool, first).units.values()];
  const limits = limitsOf(units, first.bounds.length);
  return all.filter(each => solve(units, restOf(each), limits, effort) !== null);
}

/** Items that make such a form; null where there are none, or the effort is used up. */
export function someForm<T>(pool: readonly T[], requirements: FormRequirements<T>): T[] | null {
  const { units, lists } = grouped(pool, requirements);
  const inOrder = [...units.values()];
  const solution = solve(
    inOrder,
    restOf(requirements),
    limitsOf(inOrder, requirements.bounds.length),
    fullEffort(),
  );
  return solution && itemsOf(solution, lists, requirements);
}

/** A form that is made item by item. */
export interface GrowingForm<T> {
  /** Can a form that keeps every bound go on with this item? False, too, where the effort is used up before one is found. */
  readonly mayCome: (item: T) => boolean;
  /** Put an item that may come into the form. */
  readonly add: (item: T) => void;
}

/** Let such a form grow. What goes on with it is searched once for each kind of item and step, unless it is known from the step before. */
export function growingForm<T>(
  pool: readonly T[],
  requirements: FormRequirements<T>,
  effort = fullEffort(),
): GrowingForm<T> {
  const { units, lists, placeOf } = grouped(pool, requirements);
  let [left, open, rest] = [[...units.values()], lists, restOf(requirements)];
  // Those of the whole pool: a bit too wide once items are gone, and reckoned once.
  const limits = limitsOf(left, requirements.bounds.length);
  const nameOf = (item: T) => `${placeOf(item).unit} ${placeOf(item).kind.key}`;
  let known = itemsOf(solve(left, rest, limits, fullEffort()) ?? [], open, requirements);
  let found = new Map<string, Solution | null>();
  /** What cannot come cannot come later either; where the search gave up on it, it can still be in a form found later. */
  const excluded = new Set<T>();

  function solutionFor(item: T): Solution | null {
    const earlier = found.get(nameOf(item));
    if (earlier !== undefined) return earlier;
    const { unit, kind } = placeOf(item);
    const solution = solve(without(left, unit), take(rest, kind, 1), limits, effort);
    found.set(nameOf(item), solution);
    return solution;
  }

  /** The item of the known form in whose place this one can stand. */
  function replacedBy(item: T): T | undefined {
    if (known.includes(item)) return item;
    if (known.some(each => areTwins(each, item, requirements))) return undefined;
    return known.find(each => nameOf(each) === nameOf(item));
  }

  function mayCome(item: T): boolean {
    if (replacedBy(item) !== undefined) return true;
    if (excluded.has(item)) return false;
    if (solutionFor(item) !== null) return true;
    excluded.add(item);
    return false;
  }

  function add(item: T): void {
    const { unit, kind } = placeOf(item);
    const replaced = replacedBy(item);
    const others = open.filter(({ items }) => !items.includes(item));
    known =
      replaced === undefined
        ? itemsOf(solutionFor(item) ?? [], others, requirements)
        : known.filter(each => each !== replaced);
    [left, open, rest] = [without(left, unit), others, take(rest, kind, 1)];
    found = new Map();
  }

  return { mayCome, add };
}

const areTwins = <T>(a: T, b: T, { pairOf }: FormRequirements<T>): boolean =>
  pairOf?.(a) !== undefined && pairOf(a) === pairOf(b);

/**
 * A smallest set of bounds that no form keeps together, as far as the effort goes; empty when a form can keep them all. `too-many`
 * where there are so many that the search finds neither a form nor that there is none.
 */
export function conflictIn<T>(
  pool: readonly T[],
  requirements: FormRequirements<T>,
): readonly Bound<T>[] | 'too-many' {
  const effort = fullEffort();
  if (canFill(pool, requirements, effort)) return [];
  if (effort.left === 0) return 'too-many';
  return requirements.bounds.reduce<readonly Bound<T>[]>((left, bound) => {
    const fewer = left.filter(each => each !== bound);
    const isNeeded = canFill(pool, { ...requirements, bounds: fewer }, effort) || effort.left === 0;
    return isNeeded ? left : fewer;
  }, requirements.bounds);
}

function kindOf<T>(item: T, { bounds }: FormRequirements<T>): Kind {
  const fits = bounds.map(bound => bound.fits(item));
  return { key: fits.map(Number).join(''), fits };
}

/** Items of which a form holds one at most, and the unit that they belong to. */
interface Sharing<T> {
  readonly unit: string;
  readonly items: readonly T[];
}

/** The units of a pool, what belongs to them, and where an item of it stands in them. */
function grouped<T>(pool: readonly T[], requirements: FormRequirements<T>) {
  const kinds = new Map(pool.map(item => [item, kindOf(item, requirements)]));
  const unitOf = new Map<T, string>();
  const lists: Sharing<T>[] = [];
  const units = new Map<string, FillingUnit>();
  for (const items of sharing(pool, requirements)) {
    const own = new Map(items.map(item => [kinds.get(item)?.key ?? '', kinds.get(item) as Kind]));
    const inOrder = [...own.values()].sort(byKey);
    const key = inOrder.map(kind => kind.key).join('|');
    units.set(key, { key, size: (units.get(key)?.size ?? 0) + 1, kinds: inOrder });
    for (const item of items) unitOf.set(item, key);
    lists.push({ unit: key, items });
  }
  // Kinds of one objective side by side: once the search has passed them, its state need not remember their share.
  const sorted = new Map([...units].sort(([, a], [, b]) => byKey(a, b)));
  const placeOf = (item: T) => ({ unit: unitOf.get(item) ?? '', kind: kinds.get(item) as Kind });
  return { units: sorted, lists, placeOf };
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? 1 : -1);

/** The items in lists of those of which a form holds one. */
export function sharing<T>(pool: readonly T[], { pairOf }: FormRequirements<T>): T[][] {
  const pairs = new Map<string, T[]>();
  const lists: T[][] = [];
  for (const item of pool) {
    const pair = pairOf?.(item);
    const twins = pair === undefined ? undefined : pairs.get(pair);
    if (twins) twins.push(item);
    else {
      const list = [item];
      lists.push(list);
      if (pair !== undefined) pairs.set(pair, list);
    }
  }
  return lists;
}

/** The units when one item of a unit, and its twin, are gone. */
const without = (units: readonly FillingUnit[], key: string): FillingUnit[] =>
  units.map(unit => (unit.key === key ? { ...unit, size: unit.size - 1 } : unit));

const restOf = <T>({ draw, bounds }: FormRequirements<T>): Rest => ({
  draw,
  needs: bounds.map(({ count }) => Math.max(0, count)),
  rooms: bounds.map(({ most = Infinity }) => most),
});

/** Most kinds give nothing: what is left then stays as it is. */
const take = (rest: Rest, { fits }: Kind, count: number): Rest =>
  count === 0
    ? rest
    : {
        draw: rest.draw - count,
        needs: rest.needs.map((need, number) => (fits[number] ? Math.max(0, need - count) : need)),
        rooms: rest.rooms.map((room, number) => (fits[number] ? room - count : room)),
      };

/** How many items of a kind a form takes out of a unit. */
interface Taken {
  readonly unit: string;
  readonly kind: string;
  readonly count: number;
}
type Solution = readonly Taken[];

/**
 * Tries how many items each kind gives, one after the other; a state that failed is not tried again. Null where nothing is
 * found, or the effort is used up.
 */
function solve(units: readonly FillingUnit[], rest: Rest, limits: Limits, effort: Effort): Solution | null {
  const failed = new Set<string>();
  const taken: Taken[] = [];

  /** `at`: the unit, `k`: the kind in it, `size`: how many items the unit still gives. */
  function tryKind(at: number, k: number, size: number, left: Rest): boolean {
    const unit = units[at];
    const kind = unit?.kinds[k];
    if (unit && !kind) return tryKind(at + 1, 0, units[at + 1]?.size ?? 0, left);
    if (left.draw === 0 && left.needs.every(need => need === 0)) return left.rooms.every(room => room >= 0);
    if (!unit || !kind || effort.left === 0) return false;
    effort.left -= 1;
    if (!mayWork(left, limits, at)) return false;
    // Put into words only where something has failed: most searches find their way at once.
    const state = () => `${at} ${k} ${size} ${left.draw} ${left.needs.join(' ')} ${left.rooms.join(' ')}`;
    if (failed.size > 0 && failed.has(state())) return false;
    const count = counts(kind, size, left).find(each =>
      tryKind(at, k + 1, size - each, take(left, kind, each)),
    );
    if (count === undefined) failed.add(state());
    else taken.push({ unit: unit.key, kind: kind.key, count });
    return count !== undefined;
  }

  return tryKind(0, 0, units[0]?.size ?? 0, rest) ? taken : null;
}

/** Items that are a solution; of those that no bound tells apart, the first ones. */
function itemsOf<T>(
  solution: Solution,
  lists: readonly Sharing<T>[],
  requirements: FormRequirements<T>,
): T[] {
  const used = new Set<Sharing<T>>();
  return solution.flatMap(({ unit, kind, count }) => {
    const open = lists.filter(list => list.unit === unit && !used.has(list)).slice(0, count);
    for (const list of open) used.add(list);
    return open.flatMap(({ items }) => items.find(item => kindOf(item, requirements).key === kind) ?? []);
  });
}

/**
 * The numbers of items that a kind may give. What its bounds ask for comes first, or as many as there are where nothing is
 * asked for any more: that nearly always succeeds.
 */
function counts({ fits }: Kind, size: number, { draw, needs, rooms }: Rest): number[] {
  const limit = Math.min(size, draw, ...rooms.filter((_, number) => fits[number]));
  if (limit < 0) return [];
  const isFree = needs.every(need => need === 0);
  const wanted = isFree ? limit : Math.min(limit, Math.max(0, ...needs.filter((_, number) => fits[number])));
  const all = Array.from({ length: limit + 1 }, (_, count) => count);
  return [...all.slice(0, wanted + 1).reverse(), ...all.slice(wanted + 1)];
}
