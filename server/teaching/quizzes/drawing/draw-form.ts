import { boundsOf, boundText, suits } from '../../content/bounds.js';
import { comparableForm, wantedMean } from '../../content/comparable.js';
import {
  canFill,
  conflictIn,
  fullEffort,
  growingForm,
  type Bound,
  type Effort,
  type FormRequirements,
} from '../../content/filling.js';
import { familyOf, type Whom } from '../../questions/jobs.js';
import { isTwin, type Drawable, type FormBlueprint } from './blueprint.js';
import { evenChance, mostEven, type Choosing } from './choosing.js';
import { pick, seededRandom, shuffle } from './seeded-random.js';
import { openAgain, settledRequirements } from './settling.js';

/** One question of a form; its options are shown in `optionOrder` (ids). */
export interface DrawnSlot {
  readonly itemId: string;
  readonly optionOrder: readonly string[];
  /** It was drawn on trial: whatever is answered there does not count. */
  readonly trial?: true;
}

/** The bank cannot fill the blueprint: a fault of the content. */
export class PoolTooSmall extends RangeError {}

type Requirements = FormRequirements<Drawable>;

/**
 * Draws a form; the same arguments always give the same form. It keeps every promise, always, and never holds both items of
 * a pair. It holds nothing that is written for another job, wherever the bank can keep its promises so. Then, in order of weight: as few items of the last form as the pool allows, none if it can; as few practised
 * ones; as few twins of the last form's items; objectives as even as can be, or none above its share where the blueprint limits
 * exposure; items not seen, or seen longest ago; levels as even as can be; chance. Once every item that counts has a
 * `borderline`, items are exchanged until the form is as difficult as the bank, or as near to it as any: that weighs more than evenness.
 * Items on trial are drawn besides, where the pool has any that fit.
 * Throws PoolTooSmall, or RangeError when the counts make no sense.
 */
export function drawForm(blueprint: FormBlueprint): DrawnSlot[] {
  const { seed } = blueprint;
  const { pool, live, promised } = planFor(drawnFor(blueprint), blueprint);
  refuseImpossible(live, blueprint, promised);
  const effort = fullEffort();
  const random = seededRandom(seed);
  const requirements = settledRequirements(live, blueprint, promised, effort);
  const drawn = drawAll(live, requirements, choosingOf(live, blueprint, random), effort);
  const form = asDifficult(drawn, live, blueprint, {
    settled: requirements,
    promised: openAgain(promised, requirements),
  });
  const onTrial = trialsIn(pool, form, blueprint);
  // In the order of drawing, the first place would tell which item is safety-critical.
  return inParts(shuffle(random, [...form, ...onTrial]), blueprint).map(item => ({
    ...toSlot(item, seed),
    ...(onTrial.includes(item) ? { trial: true as const } : {}),
  }));
}

/** The form, or one like it that is as difficult as the bank, where every item that counts is judged. */
function asDifficult(
  form: readonly Drawable[],
  pool: readonly Drawable[],
  blueprint: FormBlueprint,
  requirements: { readonly settled: Requirements; readonly promised: Requirements },
): readonly Drawable[] {
  const wanted = wantedMean(blueprint.items, blueprint);
  if (wanted === null) return form;
  const random = seededRandom(`${blueprint.seed}:borderline`);
  return comparableForm(form, pool, { wanted, ...requirements, pickOne: all => pick(random, all) });
}

/** The items of each other bank first, those of the quiz's own last. */
function inParts(items: readonly Drawable[], { from = [] }: FormBlueprint): Drawable[] {
  const own = items.filter(({ id }) => !from.some(share => share.items.includes(id)));
  return [...from.flatMap(share => items.filter(({ id }) => share.items.includes(id))), ...own];
}

/** Whose items a form holds: those of the learner's job, where the bank keeps its promises with them; or else those of its family. */
export function drawnFor(blueprint: PlannedForm): Whom | null {
  const { job = null, draw } = blueprint;
  if (!job) return null;
  const { live, promised } = planFor(job, blueprint);
  return live.length >= draw && canFill(live, promised) ? job : familyOf(job);
}

/** What is known of a form before chance comes in. */
type PlannedForm = Omit<FormBlueprint, 'previous' | 'seed'>;

/** The items that may stand in a form for these people, those of them that count, and what the form has to hold. */
function planFor(whom: Whom | null, blueprint: PlannedForm) {
  const { items, depth, draw } = blueprint;
  const pool = items
    .filter(item => (depth === 'full' || item.depth === 'essentials') && suits(item, whom))
    .sort(byId);
  const live = pool.filter(({ status }) => status !== 'trial');
  return { pool, live, promised: { draw, bounds: boundsOf(blueprint, whom), pairOf } };
}

/** Not by locale: the form must be the same on every machine. */
function byId(a: Drawable, b: Drawable): number {
  return a.id < b.id ? -1 : 1;
}

const pairOf = ({ pair }: Drawable): string | undefined => pair;

function refuseImpossible(
  pool: readonly Drawable[],
  { minCritical }: FormBlueprint,
  requirements: Requirements,
): void {
  const { draw, bounds } = requirements;
  const counts = [draw, minCritical, ...bounds.map(({ count }) => count)];
  if (draw < 1 || !counts.every(count => Number.isInteger(count) && count >= 0 && count <= draw)) {
    throw new RangeError(`Cannot draw ${draw} items with at least ${listed(bounds)}`);
  }
  if (pool.length < draw)
    throw new PoolTooSmall(`${draw} items are to be drawn, the pool has ${pool.length}`);
  const conflict = canFill(pool, requirements) ? null : conflictIn(pool, requirements);
  if (!conflict) return;
  const what = conflict === 'too-many' ? listed(bounds) : listed(conflict);
  throw new PoolTooSmall(`The pool of ${pool.length} cannot give ${what || `${draw} items`}`);
}

const listed = (bounds: readonly Bound<Drawable>[]): string => bounds.map(boundText).join(', ');

const choosingOf = (
  pool: readonly Drawable[],
  blueprint: FormBlueprint,
  random: ReturnType<typeof seededRandom>,
): Choosing =>
  (blueprint.exposure === undefined ? mostEven : evenChance(pool, blueprint))(blueprint.previous, random);

/** `effort`: once it is used up, the form is made of items that are known to go together. */
function drawAll(
  pool: readonly Drawable[],
  whole: Requirements,
  choose: Choosing,
  effort: Effort,
): Drawable[] {
  const form: Drawable[] = [];
  const { mayCome, add } = growingForm(pool, whole, effort);
  while (form.length < whole.draw) {
    const left = pool.filter(item => !form.some(other => other === item || isTwin(item, other)));
    const item = choose(left, { form, rest: afterwards(whole, form), mayCome });
    add(item);
    form.push(item);
  }
  return form;
}

/** What is left to draw once these items are in the form. */
const afterwards = ({ draw, bounds, ...more }: Requirements, form: readonly Drawable[]): Requirements => ({
  ...more,
  draw: draw - form.length,
  bounds: bounds.map(({ count, most, ...bound }) => {
    const taken = form.filter(bound.fits).length;
    return { ...bound, count: count - taken, ...(most === undefined ? {} : { most: most - taken }) };
  }),
});

/** The items on trial: those seen longest ago, then by chance; never a twin of what counts. */
function trialsIn(
  pool: readonly Drawable[],
  form: readonly Drawable[],
  { trials = 0, previous, seed }: FormBlueprint,
): Drawable[] {
  const seen = ({ id }: Drawable) => previous.findLastIndex(ids => ids.includes(id));
  const open = pool.filter(item => item.status === 'trial' && !form.some(other => isTwin(item, other)));
  const inOrder = shuffle(seededRandom(`${seed}:trial`), open).sort((a, b) => seen(a) - seen(b));
  return inOrder.slice(0, trials);
}

/** A question of a form, its options in the order that the seed gives. */
export function toSlot(item: Pick<Drawable, 'id' | 'options'>, seed: string): DrawnSlot {
  const ids = (item.options ?? []).map(option => option.id);
  return { itemId: item.id, optionOrder: shuffle(seededRandom(`${seed}:options:${item.id}`), ids) };
}
