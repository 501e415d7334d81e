import { type Kept, CONFIDENCES, type Confidence } from '../quiz-model.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import type { GradedSlot, Restudy } from './scoring.js';
import { readTexts } from '../../questions/form.js';
import type { Item } from '../../questions/item.js';
import { FULL_POINTS } from '../../questions/question-type.js';

type Read = { readonly ok: true; readonly confidence: Confidence | null } | { readonly ok: false };

/** The form field `confidence`. Null if the learner did not say; not ok for anything that our pages never send. */
export function readConfidence(form: unknown): Read {
  const texts = readTexts(form, 'confidence');
  if (texts === null || texts.length > 1) return { ok: false };
  const [text = ''] = texts;
  if (text === '') return { ok: true, confidence: null };
  const confidence = CONFIDENCES.find(each => each === text);
  return confidence ? { ok: true, confidence } : { ok: false };
}

/** How many of the answers that a learner was sure of were right. */
export interface Calibration {
  readonly sure: number;
  readonly right: number;
}

/**
 * On a fail, fewer than this many sure answers are not counted for the learner: the count of one answer would say
 * whether it was right.
 */
const ENOUGH_ON_A_FAIL = 5;

/** Null where there is nothing to say, or too little to say it on a fail. Slots without an answer are left out. */
export function calibration(
  slots: readonly GradedSlot[],
  kept: readonly Kept[],
  { passed }: { passed: boolean },
): Calibration | null {
  const sure = slots.filter(({ trial }, index) => !trial && isSure(kept, index + 1));
  if (sure.length < (passed ? 1 : ENOUGH_ON_A_FAIL)) return null;
  return { sure: sure.length, right: sure.filter(({ points }) => points === FULL_POINTS).length };
}

/** Was the answer in this slot, that the learner was sure of, not wholly right? For after a pass. */
export const isSureButWrong = (kept: readonly Kept[], slot: number, right: boolean): boolean =>
  !right && isSure(kept, slot);

/**
 * The objectives on which the learner was sure of every answer, of those that were not all right: what to read first
 * on a fail. Only these, since a hint that depends on one answer among several would reveal which of them was wrong; so it
 * tells no more than the list of what to read again and the learner's own choices do.
 */
export function sureObjectives(
  missed: readonly Restudy[],
  items: readonly Pick<Item, 'id' | 'objective'>[],
  { form, kept }: { form: readonly DrawnSlot[]; kept: readonly Kept[] },
): Restudy[] {
  const drawn = form.flatMap(({ itemId, trial }, index) => {
    const objective = items.find(({ id }) => id === itemId)?.objective;
    return objective === undefined || trial ? [] : { objective, sure: isSure(kept, index + 1) };
  });
  return missed.filter(({ objective }) =>
    drawn.filter(each => each.objective === objective).every(({ sure }) => sure),
  );
}

const isSure = (kept: readonly Kept[], slot: number): boolean =>
  kept.find(each => each.slot === slot)?.confidence === 'sure';
