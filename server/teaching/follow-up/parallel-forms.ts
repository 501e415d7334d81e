import { toSlot, type DrawnSlot } from '../quizzes/drawing/draw-form.js';
import { pick, seededRandom } from '../quizzes/drawing/seeded-random.js';
import { isTwin } from '../quizzes/drawing/blueprint.js';
import type { ModuleItem } from './module-items.js';

/** About how many questions a form has. */
const SIZE = 8;

/** Two forms of the same blueprint: slot n of one and slot n of the other ask about the same thing. */
export interface ParallelForms {
  readonly first: readonly DrawnSlot[];
  readonly second: readonly DrawnSlot[];
}

type Drawable = Pick<
  ModuleItem,
  'id' | 'module' | 'objective' | 'level' | 'critical' | 'type' | 'options' | 'pair'
>;
type Pair = readonly [Drawable, Drawable];

/** How many questions a form asks about each module of a course with so many: one, or more where there are few. */
const perModule = (modules: number): number => Math.max(1, Math.round(SIZE / modules));

/** How many questions a form of this bank will have, to be shown before it is drawn. */
export function formSize(bank: readonly Pick<Drawable, 'module'>[]): number {
  const sizes = new Map<string, number>();
  for (const { module } of bank) sizes.set(module, (sizes.get(module) ?? 0) + 1);
  return [...sizes.values()].reduce(
    (sum, size) => sum + Math.min(perModule(sizes.size), Math.floor(size / 2)),
    0,
  );
}

/**
 * Draw a baseline and its post-test as parallel forms: from each module the wanted number of pairs of items, alike in objective,
 * then level, then whether they are safety-critical, then type, as far as the bank allows; no item twice. One
 * of each pair goes into form A, the other into form B; which form comes first is drawn (counterbalancing), so that
 * items that happen to be easier favour neither the "before" nor the "after" of a group. The same seed gives the same
 * forms, whatever the order of the bank. A module with fewer than two items is left out.
 */
export function drawParallel(bank: readonly Drawable[], seed: string): ParallelForms {
  const pairs = pairsOf(bank, seed);
  const forms = [pairs.map(([a]) => toSlot(a, seed)), pairs.map(([, b]) => toSlot(b, seed))] as const;
  const [a, b] = forms;
  const isAFirst = seededRandom(`${seed}:order`).below(2) === 0;
  return isAFirst ? { first: a, second: b } : { first: b, second: a };
}

function pairsOf(bank: readonly Drawable[], seed: string): Pair[] {
  const modules = [...new Set(bank.map(({ module }) => module))];
  const wanted = perModule(modules.length);
  return modules.sort().flatMap(module => {
    const random = seededRandom(`${seed}:${module}`);
    const pool = bank.filter(item => item.module === module).sort(byId);
    const drawn: Pair[] = [];
    while (drawn.length < wanted) {
      const taken = drawn.flat();
      const rest = pool.filter(item => !taken.some(other => other === item || isTwin(item, other)));
      if (rest.length < 2) break;
      drawn.push(pick(random, bestPairs(rest, drawn)));
    }
    return drawn;
  });
}

/** By code units, not by locale: the forms must be the same on every machine. */
const byId = (a: Drawable, b: Drawable): number => (a.id < b.id ? -1 : 1);

/** The pairs that are most alike; among those, the ones about objectives that no pair covers yet. */
function bestPairs(items: readonly Drawable[], drawn: readonly Pair[]): Pair[] {
  const used = drawn.map(([{ objective }]) => objective);
  const pairs = items.flatMap((a, at) => items.slice(at + 1).map((b): Pair => [a, b]));
  const costs = pairs.map(pair => unlikeness(pair) * 2 + Number(used.includes(pair[0].objective)));
  const least = Math.min(...costs);
  return pairs.filter((_, at) => costs[at] === least);
}

/** How unlike two items are; a graver difference outweighs all lighter ones together. */
const unlikeness = ([a, b]: Pair): number =>
  [
    a.objective !== b.objective,
    a.level !== b.level,
    (a.critical === false) !== (b.critical === false),
    a.type !== b.type,
  ].reduce((sum, isUnlike) => sum * 2 + Number(isUnlike), 0);
