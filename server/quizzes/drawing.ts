import { pick, seededRandom, shuffle } from './random.js';
import type { Depth, Item } from './types/item.js';

/** What drawing needs to know of an item; kinds without options leave them out. */
export interface Drawable extends Pick<Item, 'id' | 'objective' | 'level' | 'depth' | 'critical'> {
  readonly options?: readonly { readonly id: string }[];
}

export interface Blueprint {
  /** The bank; ids are distinct. Its order does not matter. */
  readonly items: readonly Drawable[];
  /** How many items a form has. */
  readonly draw: number;
  /** How many of them, at least, are safety-critical. */
  readonly minCritical: number;
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
 * Draws a form; the same arguments always give the same form. In order of weight: enough
 * safety-critical items; as few items of the last form as the pool allows, none if it can; objectives
 * as even as can be; items not seen, or seen longest ago; levels as even as can be; chance.
 * Throws PoolTooSmall, or RangeError when the counts make no sense.
 */
export function drawForm({ items, draw, minCritical, depth, previous, seed }: Blueprint): DrawnSlot[] {
  const pool = items.filter(item => mayBeDrawn(item, depth)).sort(byId);
  refuseImpossible(pool, { draw, minCritical });
  const random = seededRandom(seed);
  const form: Drawable[] = [];
  while (form.length < draw) {
    // Critical ones first: what they leave uneven, the others can still level out.
    const mustBeCritical = form.length < minCritical;
    const candidates = pool.filter(item => !form.includes(item) && (isCritical(item) || !mustBeCritical));
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

function isCritical(item: Drawable): boolean {
  return item.critical !== false;
}

function refuseImpossible(
  pool: readonly Drawable[],
  { draw, minCritical }: Pick<Blueprint, 'draw' | 'minCritical'>,
): void {
  const counts = [draw, minCritical];
  if (!counts.every(Number.isInteger) || draw < 1 || minCritical < 0 || minCritical > draw) {
    throw new RangeError(`Cannot draw ${draw} items with at least ${minCritical} safety-critical`);
  }
  if (pool.length < draw)
    throw new PoolTooSmall(`${draw} items are to be drawn, the pool has ${pool.length}`);
  const critical = pool.filter(isCritical).length;
  if (critical < minCritical) {
    throw new PoolTooSmall(`${minCritical} safety-critical items are to be drawn, the pool has ${critical}`);
  }
}

type Cost = (item: Drawable) => number;

function mostWanted(
  candidates: readonly Drawable[],
  { form, previous }: { form: readonly Drawable[] } & Pick<Blueprint, 'previous'>,
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
