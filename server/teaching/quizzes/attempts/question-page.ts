import { exhibitOf } from '../../exhibits/exhibit-parts.js';
import type { Kept, Quiz } from '../quiz-model.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { addresses } from '../../learning/cycle-addresses.js';
import type { AttemptFacts } from './attempts.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { itemIn, openSlots, questionsIn } from '../quiz.js';
import { partAt } from '../form-parts.js';
import type { Answer } from '../../questions/answer.js';
import type { Item } from '../../questions/item.js';
import type { QuestionType } from '../../questions/question-type.js';

/** Addresses of one attempt. */
export const attemptAddresses = (id: string) => ({
  result: `/attempts/${id}`,
  question: (slot: number) => `/attempts/${id}/questions/${slot}`,
  answer: (slot: number) => `/attempts/${id}/answers/${slot}`,
  /** All questions on one page, and where its form goes. */
  questions: `/attempts/${id}/questions`,
  part: (slot: number) => `/attempts/${id}/questions#question-${slot}`,
  answers: `/attempts/${id}/answers`,
  review: `/attempts/${id}/review`,
  submission: `/attempts/${id}/submission`,
  remediation: `/attempts/${id}/remediation`,
  pause: `/attempts/${id}/pause`,
  /** Ends a pause. */
  resumption: `/attempts/${id}/resumption`,
});

/** The values of a question page. Holds nothing of the key. */
export function questionValues(
  attempt: Pick<AttemptFacts, 'id' | 'form' | 'cycleId'>,
  quiz: Quiz,
  kept: readonly Kept[],
  slot: number,
  t: Translate,
) {
  const drawn = attempt.form[slot - 1];
  if (!drawn) throw new RangeError(`The form has no slot ${slot}`);
  const to = attemptAddresses(attempt.id);
  const own = kept.find(each => each.slot === slot) ?? null;
  const open = openSlots(quiz, attempt.form, kept);
  return {
    attempt: { id: attempt.id },
    position: slot,
    total: questionsIn(quiz, attempt.form),
    part: partAt(quiz, attempt.form, slot, t),
    slots: attempt.form.map((_, index) => ({
      position: index + 1,
      href: to.question(index + 1),
      state:
        index + 1 === slot
          ? ('now' as const)
          : open.includes(index + 1)
            ? ('open' as const)
            : ('done' as const),
    })),
    ...questionPart(quiz, drawn, own, t),
    back:
      slot > 1
        ? { href: to.question(slot - 1), text: t('question.back', { position: slot - 1 }) }
        : aboutQuiz(attempt, quiz, t),
    onward: slot < attempt.form.length ? to.question(slot + 1) : to.review,
    action: to.answer(slot),
    allHref: to.questions,
    stale: null as { yours: string } | null,
    error: null as string | null,
    saved: null as { time: string } | null,
    told: false,
  };
}

/** Back to the page that an attempt began on: what holds, and what is saved. */
export const aboutQuiz = ({ cycleId }: Pick<AttemptFacts, 'cycleId'>, quiz: Quiz, t: Translate) => ({
  href: addresses(cycleId).quiz(quiz.name),
  text: t('question.about'),
});

/** One question as its view needs it, on whatever page it stands. Holds nothing of the key. */
export function questionPart(quiz: Quiz, drawn: DrawnSlot, own: Omit<Kept, 'slot'> | null, t: Translate) {
  const { item, type } = itemIn(quiz, drawn);
  return {
    ...drawnPart({ item, type }, { order: drawn.optionOrder, response: own?.response }, t),
    ...type.mending(item, own?.response ?? {}, t),
    response: own?.response ?? null,
    confidence: own?.confidence ?? null,
    sequence: own?.sequence ?? 0,
  };
}

/** What is asked, with the template that draws it. Holds nothing of the key. */
export const drawnPart = (
  { item, type }: { item: Item; type: QuestionType },
  { order, response }: { order: readonly string[]; response?: Answer | undefined },
  t: Translate,
) => ({
  item: {
    ...{ title: item.title ?? null, scene: item.scene ?? null },
    ...{ ...type.present(item, order, response), hint: type.hint(item, t) },
  },
  view: type.view,
  exhibit: exhibitOf(item),
  pageView: type.pageView ?? null,
  isWritten: type.ownWords.length > 0,
});

/** What was typed and could not be kept, so that the page shows it in place of what is kept. */
export const retyped = ({ item, type }: { item: Item; type: QuestionType }, typed: Answer, t: Translate) => ({
  response: typed,
  ...type.mending(item, typed, t),
});

/** An answer in words, for a page that says what was not saved. */
export function answerInWords(
  quiz: Quiz,
  attempt: Pick<AttemptFacts, 'form'>,
  slot: number,
  answer: Answer,
  t: Translate,
): string {
  const drawn = attempt.form[slot - 1];
  if (!drawn) return '';
  const { item, type } = itemIn(quiz, drawn);
  return type.summarise(item, answer, t).join(' · ');
}
