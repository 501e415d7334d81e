import { toSlot, type DrawnSlot } from '../quizzes/drawing/draw-form.js';
import { pick, seededRandom, type Random } from '../quizzes/drawing/seeded-random.js';
import { isTwin } from '../quizzes/drawing/blueprint.js';
import type { ModuleItem } from './module-items.js';
import { REFRESHER_DAYS } from './kinds.js';

/** How many questions one refresher has. */
const SIZE = 3;

type Drawable = Pick<ModuleItem, 'id' | 'objective' | 'critical' | 'options' | 'pair'>;

interface Preferences {
  /** Objectives that the learner missed in a quiz. */
  readonly missed: ReadonlySet<string>;
  /** Items of the learner's baseline and post-test. */
  readonly seen: ReadonlySet<string>;
  readonly seed: string;
}

/**
 * Draw the three refreshers of a learner at once, so that none repeats an item of another while the bank allows.
 * In order of weight: items of no earlier refresher; an objective that this one does not cover yet; objectives
 * missed in a quiz (one may come back in every refresher: that is what spacing is for); safety-critical
 * items; items that the learner did not meet in the baseline or the post-test; chance. The same seed gives the same forms,
 * whatever the order of the bank. A bank of fewer than three items gives shorter forms.
 */
export function drawRefreshers(bank: readonly Drawable[], preferences: Preferences): DrawnSlot[][] {
  const pool = [...bank].sort((a, b) => (a.id < b.id ? -1 : 1));
  const random = seededRandom(preferences.seed);
  const earlier = new Map<Drawable, number>();
  return REFRESHER_DAYS.map(day => {
    const form = drawOne(pool, earlier, preferences, random);
    for (const item of form) earlier.set(item, (earlier.get(item) ?? 0) + 1);
    return form.map(item => toSlot(item, `${preferences.seed}:${day}`));
  });
}

/** `earlier`: how many earlier refreshers hold an item. */
function drawOne(
  pool: readonly Drawable[],
  earlier: ReadonlyMap<Drawable, number>,
  { missed, seen }: Preferences,
  random: Random,
): Drawable[] {
  const form: Drawable[] = [];
  const costs: ((item: Drawable) => number)[] = [
    item => earlier.get(item) ?? 0,
    item => form.filter(({ objective }) => objective === item.objective).length,
    item => (missed.has(item.objective) ? 0 : 1),
    item => (item.critical === false ? 1 : 0),
    item => (seen.has(item.id) ? 1 : 0),
  ];
  while (form.length < Math.min(SIZE, pool.length)) {
    const free = pool.filter(item => !form.some(other => other === item || isTwin(item, other)));
    if (free.length === 0) break;
    form.push(pick(random, costs.reduce(cheapest, free)));
  }
  return form;
}

function cheapest(items: readonly Drawable[], cost: (item: Drawable) => number): readonly Drawable[] {
  const costs = items.map(cost);
  const least = Math.min(...costs);
  return items.filter((_, at) => costs[at] === least);
}
