import type { CaseScore } from '../../questions/types/scenario/case-score.js';
import type { Item } from '../../questions/item.js';
import { FULL_POINTS } from '../../questions/question-type.js';

/** `judgement` is what was right about the situation, of an item that asks for it: for counting false alarms. */
export interface GradedSlot extends Pick<Item, 'judgement'> {
  readonly itemId: string;
  /** The safety rule that is broken unless the answer is wholly right; false where there is none. */
  readonly critical: string | false;
  /** Integer, 0 to FULL_POINTS. An unanswered slot has 0. */
  readonly points: number;
  /** The safety rules that the answer broke; absent where it broke none. */
  readonly unsafe?: readonly string[];
  /** It was drawn on trial: nothing of it counts for the learner. Its points are for the figures of its question. */
  readonly trial?: true;
}

export interface Total {
  readonly points: number;
  readonly maxPoints: number;
  /** How many slots were answered wholly right. */
  readonly right: number;
  readonly passed: boolean;
  /** Ids of the items that were missed where only the right answer is safe, and of those whose answer was unsafe. */
  readonly criticalMissed: readonly string[];
}

export interface Restudy {
  readonly objective: string;
  /** Was a safety-critical item of this objective missed? */
  readonly critical: boolean;
}

/**
 * The result of an attempt, in whole numbers only. `pass` is given in right answers. Passed means
 * enough points and no safety-critical item missed. Throws RangeError for points or a pass mark that
 * cannot be, so that no NaN and no empty form ever becomes a result.
 */
export function total(slots: readonly GradedSlot[], { pass }: { pass: number }): Total {
  if (!isWithin(pass, 1, slots.length))
    throw new RangeError(`Pass mark ${pass} of ${slots.length} cannot be`);
  slots.forEach(refuseImpossible);
  const points = slots.reduce((sum, slot) => sum + slot.points, 0);
  const missed = slots.filter(isMissed);
  const criticalMissed = slots.filter(isUnsafe).map(slot => slot.itemId);
  return {
    points,
    maxPoints: slots.length * FULL_POINTS,
    right: slots.length - missed.length,
    passed: points >= pass * FULL_POINTS && criticalMissed.length === 0,
    criticalMissed,
  };
}

/**
 * The result of a quiz that may have a case: passed when its drawn items are and its case is. Points, the most that
 * can be had and right answers stay those of the drawn items alone, because a case is passed or not and has no share:
 * a percentage on a certificate says how much of the questions was right. The case's id joins the safety-critical
 * misses when a choice was unsafe.
 */
export function withCase(items: Total, theCase: { id: string; score: CaseScore } | null): Total {
  if (!theCase) return items;
  const { id, score } = theCase;
  return {
    ...items,
    passed: items.passed && score.passed,
    criticalMissed: [...items.criticalMissed, ...(score.unsafe.length > 0 ? [id] : [])],
  };
}

/**
 * The objectives of the items that were not wholly right, each once: those with a safety-critical
 * miss first, then in the order of the form. Names no item and no option, so it may be shown on a fail.
 */
export function restudy(
  items: readonly Pick<Item, 'id' | 'objective'>[],
  graded: readonly GradedSlot[],
): Restudy[] {
  const objectives = new Map(items.map(item => [item.id, item.objective]));
  const critical = new Map<string, boolean>();
  for (const slot of graded.filter(each => isMissed(each) || isUnsafe(each))) {
    const objective = objectives.get(slot.itemId);
    if (objective === undefined) throw new RangeError(`Item ${slot.itemId} is not among the items`);
    critical.set(objective, critical.get(objective) === true || isUnsafe(slot));
  }
  const list = [...critical].map(([objective, isCritical]) => ({ objective, critical: isCritical }));
  return list.sort((a, b) => Number(b.critical) - Number(a.critical));
}

function isMissed(slot: GradedSlot): boolean {
  return slot.points < FULL_POINTS;
}

const isUnsafe = (slot: GradedSlot): boolean =>
  slot.unsafe !== undefined || (isMissed(slot) && slot.critical !== false);

function refuseImpossible({ itemId, points }: GradedSlot): void {
  if (!isWithin(points, 0, FULL_POINTS))
    throw new RangeError(`${points} points for item ${itemId} cannot be`);
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
