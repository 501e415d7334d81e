import { exactly, settled } from '../../content/bounds.js';
import { fillable, type Bound, type Effort, type FormRequirements } from '../../content/filling.js';
import type { Drawable, FormBlueprint } from './blueprint.js';
import { pick, seededRandom } from './seeded-random.js';

type Requirements = FormRequirements<Drawable>;

/** With up to so many ways to settle the ranges of a blueprint each is as likely as any other; a wide range has thousands. */
const MOST_WAYS = 100;

/**
 * What the form has to hold. Where the blueprint leaves a range, the seed settles the number, so that no count can be foreseen:
 * each way that costs no more repeats is as likely as any other, or, where there are too many ways to compare, each number of one
 * decision after another. `promised`: the pool can keep it. What the effort is not enough for stays as it was promised.
 */
export function settledRequirements(
  pool: readonly Drawable[],
  blueprint: FormBlueprint,
  promised: Requirements,
  effort: Effort,
): Requirements {
  const random = seededRandom(`${blueprint.seed}:counts`);
  const ways = settled(promised.bounds, MOST_WAYS)?.map(bounds => ({ ...promised, bounds }));
  const open = fillable(pool, ways ?? [], effort);
  const fewest = unwantedIn(blueprint).reduce<Requirements[]>(
    (left, fits) => withFewest(pool, left, fits, effort),
    open.length > 0 ? open : [promised],
  );
  const [only] = fewest;
  return settledInTurn(fewest.length === 1 && only ? only : pick(random, fewest));

  function settledInTurn(whole: Requirements): Requirements {
    return whole.bounds.reduce<Requirements>((left, { name }) => {
      const numbers = numbersOf(left, name);
      const possible = numbers.length > 1 ? fillable(pool, numbers, effort) : [];
      return possible.length > 0 ? pick(random, possible) : left;
    }, whole);
  }
}

/** The requirements with each number that one bound leaves open. */
function numbersOf(whole: Requirements, name: string): Requirements[] {
  const bound = whole.bounds.find(each => each.name === name && each.most !== undefined && !isUnwanted(each));
  if (!bound) return [];
  return exactly(bound).map(one => ({
    ...whole,
    bounds: whole.bounds.map(each => (each === bound ? one : each)),
  }));
}

/** What a form should hold as little of as it can, what weighs most first. */
function unwantedIn({ items, previous, practised = [] }: FormBlueprint): ((item: Drawable) => boolean)[] {
  const last = previous.at(-1) ?? [];
  const lastPairs = pairsOf(items, last);
  return [
    ({ id }) => last.includes(id),
    ({ id }) => practised.includes(id),
    ({ id, pair }) => pair !== undefined && lastPairs.has(pair) && !last.includes(id),
  ];
}

const pairsOf = (items: readonly Drawable[], ids: readonly string[]): Set<string> =>
  new Set(items.flatMap(({ id, pair }) => (pair !== undefined && ids.includes(id) ? pair : [])));

const UNWANTED = 'unwanted items';
const isUnwanted = ({ name }: Bound<Drawable>): boolean => name === UNWANTED;

/** What was promised, with no more of what is unwanted than these requirements allow: every range is open again. */
export const openAgain = (promised: Requirements, { bounds }: Requirements): Requirements => ({
  ...promised,
  bounds: [...promised.bounds, ...bounds.filter(isUnwanted)],
});

/** The requirements that need the fewest of these items, held to so many; all of them where the effort is not enough. */
function withFewest(
  pool: readonly Drawable[],
  ways: readonly Requirements[],
  fits: (item: Drawable) => boolean,
  effort: Effort,
): Requirements[] {
  const [{ draw } = { draw: 0 }] = ways;
  if (!pool.some(fits)) return [...ways];
  for (let most = 0; most <= draw; most += 1) {
    const unwanted = { name: UNWANTED, count: 0, most, fits };
    const held = ways.map(way => ({ ...way, bounds: [...way.bounds, unwanted] }));
    const open = fillable(pool, held, effort);
    if (open.length > 0) return open;
  }
  return [...ways];
}
