import type { FormRequirements } from '../../content/filling.js';
import type { Drawable } from './blueprint.js';
import { pick, shuffle, type Random } from './seeded-random.js';

/** What a choice depends on besides the items that are left. */
interface Situation {
  readonly form: readonly Drawable[];
  readonly rest: FormRequirements<Drawable>;
  /** Can a form that keeps every promise go on with this item? At least one can. */
  readonly mayCome: (item: Drawable) => boolean;
}

/** Chooses the next item of a form. */
export type Choosing = (left: readonly Drawable[], situation: Situation) => Drawable;

type Earlier = readonly (readonly string[])[];
type Cost = (item: Drawable, form: readonly Drawable[]) => number;

/**
 * As even as can be: over objectives, then over levels. What a promise asks for comes first: what that leaves uneven, the
 * others can still level out. Items of a small objective are asked often.
 */
export const mostEven = (previous: Earlier, random: Random): Choosing => {
  const costs: Cost[] = [
    inLastForm(previous),
    ({ objective }, form) => form.filter(each => each.objective === objective).length,
    lastSeen(previous),
    ({ level }, form) => form.filter(each => each.level === level).length,
  ];
  return (left, { form, rest, mayCome }) => {
    const first = rest.bounds.find(({ count }) => count > 0);
    const candidates = left.filter(item => first?.fits(item) ?? true);
    for (const tier of inTiers(candidates, item => costs.map(cost => cost(item, form)))) {
      const open = tier.filter(mayCome);
      if (open.length > 0) return pick(random, open);
    }
    throw new RangeError('No item can come next');
  };
};

/**
 * Every item with about the same chance: by chance alone, as long as every promise can still be kept and no objective has
 * more than its share of the pool, rounded up.
 */
export const evenChance =
  (pool: readonly Drawable[], { draw }: { readonly draw: number }) =>
  (previous: Earlier, random: Random): Choosing => {
    const quotas = quotasOf(pool, draw);
    const costs: Cost[] = [
      inLastForm(previous),
      ({ objective }, form) =>
        form.filter(each => each.objective === objective).length < (quotas.get(objective) ?? 0) ? 0 : 1,
      lastSeen(previous),
    ];
    return (left, { form, mayCome }) => {
      for (const tier of inTiers(left, item => costs.map(cost => cost(item, form)))) {
        const found = shuffle(random, tier).find(mayCome);
        if (found) return found;
      }
      throw new RangeError('No item can come next');
    };
  };

const inLastForm =
  (previous: Earlier): Cost =>
  ({ id }) =>
    previous.at(-1)?.includes(id) ? 1 : 0;

const lastSeen =
  (previous: Earlier): Cost =>
  ({ id }) =>
    previous.findLastIndex(ids => ids.includes(id));

/** The items in groups of equal costs, the cheapest first; of two costs, the first weighs more. */
function inTiers(items: readonly Drawable[], costsOf: (item: Drawable) => readonly number[]): Drawable[][] {
  const tiers = new Map<string, { costs: readonly number[]; items: Drawable[] }>();
  for (const item of items) {
    const costs = costsOf(item);
    const tier = tiers.get(costs.join()) ?? { costs, items: [] };
    tier.items.push(item);
    tiers.set(costs.join(), tier);
  }
  return [...tiers.values()].sort((a, b) => compare(a.costs, b.costs)).map(tier => tier.items);
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((cost, n) => cost - (b[n] ?? 0)).find(difference => difference !== 0) ?? 0;

/** How many items of each objective are enough: its share of the pool, rounded up. */
function quotasOf(pool: readonly Drawable[], draw: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { objective } of pool) sizes.set(objective, (sizes.get(objective) ?? 0) + 1);
  return new Map([...sizes].map(([objective, size]) => [objective, Math.ceil((size * draw) / pool.length)]));
}
