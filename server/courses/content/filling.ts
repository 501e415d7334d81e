/** A form holds at least `count` items that fit. */
export interface Minimum<T> {
  readonly name: string;
  readonly count: number;
  readonly fits: (item: T) => boolean;
}

/** What a form still has to hold. */
export interface FormRequirements<T> {
  /** The exact number of items. */
  readonly draw: number;
  readonly minimums: readonly Minimum<T>[];
  /** At most this many items for which `isRepeat` is true. Without it, any number. */
  readonly repeats?: { readonly most: number; readonly isRepeat: (item: T) => boolean };
}

/** Items that the requirements do not tell apart. `serves` holds the indexes of the minimums that they fit. */
interface Group {
  readonly key: string;
  readonly size: number;
  readonly serves: readonly number[];
  readonly isRepeat: boolean;
}

/** What is still required: items in all, items for each minimum, and how many of them may be repeats. */
interface Rest {
  readonly draw: number;
  readonly needs: readonly number[];
  readonly most: number;
}

interface Supply {
  readonly fresh: number;
  readonly repeated: number;
  readonly serving: readonly number[];
}

/** Whether items of the pool can make a form that meets every minimum at once. Exact: the search tries every way. */
export function canFill<T>(pool: readonly T[], requirements: FormRequirements<T>): boolean {
  return isPossible([...grouped(pool, requirements).values()], restOf(requirements));
}

/**
 * The items of the pool that can come next in such a form, in the order of the pool; while a minimum is unmet, only those
 * that fit the first unmet one. Empty when there is no such form.
 */
export function nextItems<T>(pool: readonly T[], requirements: FormRequirements<T>): T[] {
  const groups = [...grouped(pool, requirements).values()];
  const first = requirements.minimums.findIndex(({ count }) => count > 0);
  const open = new Set<string>();
  for (const group of groups) {
    if (first !== -1 && !group.serves.includes(first)) continue;
    const others = groups.map(each => (each === group ? { ...each, size: each.size - 1 } : each));
    if (isPossible(others, take(restOf(requirements), group, 1))) open.add(group.key);
  }
  return pool.filter(item => open.has(keyOf(item, requirements)));
}

/** A smallest set of minimums that no form meets together; empty when a form can meet them all. */
export function conflictIn<T>(pool: readonly T[], requirements: FormRequirements<T>): readonly Minimum<T>[] {
  if (canFill(pool, requirements)) return [];
  return requirements.minimums.reduce<readonly Minimum<T>[]>((left, minimum) => {
    const without = left.filter(each => each !== minimum);
    return canFill(pool, { ...requirements, minimums: without }) ? left : without;
  }, requirements.minimums);
}

const keyOf = <T>(item: T, { minimums, repeats }: FormRequirements<T>): string =>
  [...minimums.map(({ fits }) => fits(item)), repeats?.isRepeat(item) ?? false].map(Number).join('');

function grouped<T>(pool: readonly T[], requirements: FormRequirements<T>): Map<string, Group> {
  const sizes = new Map<string, number>();
  for (const item of pool) {
    const key = keyOf(item, requirements);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  // Groups of one objective side by side: once the search has passed them, its state need not remember their share.
  const inOrder = [...sizes].sort(([a], [b]) => (a < b ? 1 : -1));
  return new Map(
    inOrder.map(([key, size]) => {
      const serves = requirements.minimums.flatMap((_, number) => (key[number] === '1' ? number : []));
      return [key, { key, size, serves, isRepeat: key.at(-1) === '1' }];
    }),
  );
}

const restOf = <T>({ draw, minimums, repeats }: FormRequirements<T>): Rest => ({
  draw,
  needs: minimums.map(({ count }) => Math.max(0, count)),
  most: repeats?.most ?? draw,
});

const take = ({ draw, needs, most }: Rest, { serves, isRepeat }: Group, count: number): Rest => ({
  draw: draw - count,
  needs: needs.map((need, number) => (serves.includes(number) ? Math.max(0, need - count) : need)),
  most: isRepeat ? most - count : most,
});

/** Tries how many items each group gives, one group after the other; a state that failed is not tried again. */
function isPossible(groups: readonly Group[], rest: Rest): boolean {
  const failed = new Set<string>();
  const supply = supplies(groups, rest.needs.length);

  function tryGroup(at: number, left: Rest): boolean {
    const { draw, needs, most } = left;
    if (draw < 0 || most < 0) return false;
    const { fresh = 0, repeated = 0, serving = [] } = supply[at] ?? {};
    if (draw > fresh + Math.min(most, repeated)) return false;
    if (needs.every(need => need === 0)) return true;
    if (needs.some((need, number) => need > Math.min(draw, serving[number] ?? 0))) return false;
    const state = `${at} ${draw} ${most} ${needs.join(' ')}`;
    if (failed.has(state)) return false;
    const group = groups[at];
    const isFound =
      group !== undefined && counts(group, left).some(count => tryGroup(at + 1, take(left, group, count)));
    if (!isFound) failed.add(state);
    return isFound;
  }

  return tryGroup(0, rest);
}

/** The most that the groups from each one on can give. */
function supplies(groups: readonly Group[], minimums: number): Supply[] {
  const none = { fresh: 0, repeated: 0, serving: Array.from({ length: minimums }, () => 0) };
  return groups.reduceRight<Supply[]>((later, { size, serves, isRepeat }) => {
    const { fresh, repeated, serving } = later[0] ?? none;
    const here = {
      fresh: isRepeat ? fresh : fresh + size,
      repeated: isRepeat ? repeated + size : repeated,
      serving: serving.map((sum, number) => (serves.includes(number) ? sum + size : sum)),
    };
    return [here, ...later];
  }, []);
}

/** The numbers of items that a group may give, what its minimums ask for first: that nearly always succeeds. */
function counts({ size, serves, isRepeat }: Group, { draw, needs, most }: Rest): number[] {
  const limit = Math.min(size, draw, isRepeat ? most : draw);
  const wanted = Math.min(limit, Math.max(0, ...serves.map(number => needs[number] ?? 0)));
  const all = Array.from({ length: limit + 1 }, (_, count) => count);
  return [...all.slice(0, wanted + 1).reverse(), ...all.slice(wanted + 1)];
}
