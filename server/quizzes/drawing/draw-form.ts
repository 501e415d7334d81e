import { canFill, conflictIn, nextItems, type FormRequirements } from '../../courses/content/filling.js';
import { minimumText, minimumsOf, type Minimums } from '../../courses/content/minimums.js';
import { pick, seededRandom, shuffle } from './seeded-random.js';
import type { Depth, Item } from '../../questions/item.js';

/** What drawing needs to know of an item; types without options leave them out. */
export interface Drawable extends Pick<Item, 'id' | 'objective' | 'level' | 'depth' | 'critical'> {
  readonly options?: readonly { readonly id: string }[];
}

export interface FormBlueprint extends Minimums {
  /** The bank; ids are distinct. Its order does not matter. */
  readonly items: readonly Drawable[];
  /** How many items a form has. */
  readonly draw: number;
  readonly depth: Depth;
  /** The item ids of this learner's earlier forms, the newest form last. */
  readonly previous: readonly (readonly string[])[];
  readonly seed: string;
}

/** One question of a form; its options are shown in `optionOrder` (ids). */
export interface DrawnSlot {
  readonly itemId: string;
  readonly optionOrder: readonly string[];
}

/** The bank cannot fill the blueprint: a fault of the content. */
export class PoolTooSmall extends RangeError {}

/**
 * Draws a form; the same arguments always give the same form. It keeps every minimum, always. Then, in order of
 * weight: as few items of the last form as the pool allows, none if it can; objectives as even as can be; items
 * not seen, or seen longest ago; levels as even as can be; chance.
 * Throws PoolTooSmall, or RangeError when the counts make no sense.
 */
export function drawForm(blueprint: FormBlueprint): DrawnSlot[] {
  const { items, draw, depth, previous, seed } = blueprint;
  const pool = items.filter(item => mayBeDrawn(item, depth)).sort(byId);
  refuseImpossible(pool, blueprint);
  const whole = { draw, minimums: minimumsOf(blueprint), repeats: fewestRepeats(pool, blueprint) };
  const random = seededRandom(seed);
  const form: Drawable[] = [];
  while (form.length < draw) {
    // What a minimum asks for comes first: what that leaves uneven, the others can still level out.
    const candidates = nextItems(
      pool.filter(item => !form.includes(item)),
      afterwards(whole, form),
    );
    form.push(pick(random, mostWanted(candidates, { form, previous })));
  }
  // In the order of drawing, the first place would tell which item is safety-critical.
  return shuffle(random, form).map(item => toSlot(item, seed));
}

function mayBeDrawn(item: Drawable, depth: Depth): boolean {
  return depth === 'full' || item.depth === 'essentials';
}

/** Not by locale: the form must be the same on every machine. */
function byId(a: Drawable, b: Drawable): number {
  return a.id < b.id ? -1 : 1;
}

function refuseImpossible(pool: readonly Drawable[], blueprint: FormBlueprint): void {
  const { draw, minCritical } = blueprint;
  const minimums = minimumsOf(blueprint);
  const counts = [draw, minCritical, ...minimums.map(({ count }) => count)];
  if (draw < 1 || !counts.every(count => Number.isInteger(count) && count >= 0 && count <= draw)) {
    throw new RangeError(`Cannot draw ${draw} items with at least ${listed(minimums)}`);
  }
  if (pool.length < draw)
    throw new PoolTooSmall(`${draw} items are to be drawn, the pool has ${pool.length}`);
  const conflict = conflictIn(pool, { draw, minimums });
  if (conflict.length > 0)
    throw new PoolTooSmall(`The pool of ${pool.length} cannot give ${listed(conflict)}`);
}

const listed = (minimums: readonly { name: string; count: number }[]): string =>
  minimums.map(minimumText).join(', ');

/** The items of the last form, and how many of them any form must repeat. */
function fewestRepeats(
  pool: readonly Drawable[],
  blueprint: FormBlueprint,
): NonNullable<FormRequirements<Drawable>['repeats']> {
  const isRepeat = ({ id }: Drawable) => blueprint.previous.at(-1)?.includes(id) ?? false;
  const minimums = minimumsOf(blueprint);
  for (let most = 0; ; most += 1) {
    const repeats = { most, isRepeat };
    if (canFill(pool, { draw: blueprint.draw, minimums, repeats })) return repeats;
  }
}

/** What is left to draw once these items are in the form. */
function afterwards(
  { draw, minimums, repeats }: Required<FormRequirements<Drawable>>,
  form: readonly Drawable[],
): Required<FormRequirements<Drawable>> {
  const { most, isRepeat } = repeats;
  return {
    draw: draw - form.length,
    minimums: minimums.map(each => ({ ...each, count: each.count - form.filter(each.fits).length })),
    repeats: { most: most - form.filter(isRepeat).length, isRepeat },
  };
}

type Cost = (item: Drawable) => number;

function mostWanted(
  candidates: readonly Drawable[],
  { form, previous }: { form: readonly Drawable[] } & Pick<FormBlueprint, 'previous'>,
): readonly Drawable[] {
  const costs: Cost[] = [
    item => (previous.at(-1)?.includes(item.id) ? 1 : 0),
    item => form.filter(({ objective }) => objective === item.objective).length,
    item => previous.findLastIndex(ids => ids.includes(item.id)),
    item => form.filter(({ level }) => level === item.level).length,
  ];
  return costs.reduce(cheapest, candidates);
}

function cheapest(candidates: readonly Drawable[], cost: Cost): readonly Drawable[] {
  const least = Math.min(...candidates.map(cost));
  return candidates.filter(item => cost(item) === least);
}

/** A question of a form, its options in the order that the seed gives. */
export function toSlot(item: Pick<Drawable, 'id' | 'options'>, seed: string): DrawnSlot {
  const ids = (item.options ?? []).map(option => option.id);
  return { itemId: item.id, optionOrder: shuffle(seededRandom(`${seed}:options:${item.id}`), ids) };
}
