import type { Translate } from '../../platform/i18n/i18n.js';
import { FULL_POINTS } from '../questions/question-type.js';
import type { DrawnSlot } from './drawing/draw-form.js';
import { RENEWAL } from '../learning/completion.js';
import { isCase, type GradedForm } from './quiz.js';
import type { Quiz } from './quiz-model.js';

/** The questions of a form from one bank: the numbers of their slots, and what learners call them. */
interface FormPart {
  readonly title: string;
  readonly slots: readonly number[];
}

/** The parts of a form in their order; none where all its questions are of one bank. The case is no part. */
export function partsOfForm(
  { from = [], ...quiz }: Quiz,
  form: readonly DrawnSlot[],
  t: Translate,
): FormPart[] {
  // A renewal takes questions of every module, in no parts.
  if (from.length === 0 || quiz.name === RENEWAL) return [];
  const bankOf = ({ itemId }: DrawnSlot) => from.findIndex(({ items }) => items.includes(itemId));
  const slots = form.flatMap((drawn, at) =>
    isCase(quiz, drawn) ? [] : [{ number: at + 1, bank: bankOf(drawn) }],
  );
  return [...from.keys(), -1].map((bank, at) => ({
    title: t('part.title', { number: at + 1, name: t(bank === -1 ? 'part.course' : 'part.work') }),
    slots: slots.filter(slot => slot.bank === bank).map(({ number }) => number),
  }));
}

/** What the part of a slot is called; null where the form has no parts, and for the case. */
export const partAt = (quiz: Quiz, form: readonly DrawnSlot[], slot: number, t: Translate): string | null =>
  partsOfForm(quiz, form, t).find(({ slots }) => slots.includes(slot))?.title ?? null;

/** How many of the questions that count were right in each part. */
export const partResults = (
  quiz: Quiz,
  form: readonly DrawnSlot[],
  { slots: graded }: Pick<GradedForm, 'slots'>,
  t: Translate,
) =>
  partsOfForm(quiz, form, t).map(({ title, slots }) => {
    const counted = slots.flatMap(slot => graded[slot - 1] ?? []).filter(({ trial }) => !trial);
    const right = counted.filter(({ points }) => points === FULL_POINTS).length;
    return { title, right, count: counted.length };
  });
