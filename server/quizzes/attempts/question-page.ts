import type { Translate } from '../../i18n/i18n.js';
import { addresses } from '../../learning/course-page.js';
import type { AttemptFacts } from './attempts.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { itemIn, openSlots, questionsIn, type Kept, type Quiz } from '../quiz.js';
import type { Answer } from '../../questions/answer.js';
import { isAllOrNothing, type Item, type OptionItem } from '../../questions/item.js';
import type { Presented } from '../../questions/question-type.js';
import { openFieldsOf, textIn } from '../../questions/types/report/report-record.js';
import type { PresentedReport } from '../../questions/types/report/report.js';
import { openFields } from '../../questions/rows.js';

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
    slots: attempt.form.map((_, index) => ({
      position: index + 1,
      href: to.question(index + 1),
      state: index + 1 === slot ? 'now' : open.includes(index + 1) ? 'open' : 'done',
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
  const presented = type.present(item, drawn.optionOrder, own?.response);
  return {
    item: { ...presented, hint: hintFor(item, t) },
    ...mendingOf(presented, own?.response ?? {}, t),
    response: own?.response ?? null,
    confidence: own?.confidence ?? null,
    sequence: own?.sequence ?? 0,
  };
}

/** What to do, and how it is counted, said on the page; a kind that says it itself has none. */
export function hintFor(item: Item, t: Translate): string {
  const whole = isAllOrNothing(item);
  if (item.type === 'single') return t('question.chooseOne');
  // Its own words say how many to choose (`content check` sees to it).
  if (item.type === 'multiple') return t(whole ? 'question.chosenAll' : 'question.chosenEach');
  if (item.type === 'ordering')
    return t(whole ? 'question.orderAll' : 'question.order', { last: (item as OptionItem).key.length });
  if (item.type === 'matching') return t(whole ? 'question.matchAll' : 'question.match');
  return '';
}

/**
 * What a page with an error tells beside it: the rows that are still to be mended in the answer that is kept, what to
 * do there (null: the error itself says it), and the field to begin with.
 */
function mendingOf(presented: Presented, response: Answer, t: Translate) {
  const { type, rows } = presented;
  if (type === 'report') return boxesToMend(presented as PresentedReport, response, t);
  if (type === 'true-false') return halfToMend(response, t);
  if (!rows) return { field: 'choice', open: [], lack: null };
  const open = openFields(response, rows);
  const isBegun = Object.keys(response).length > 0;
  const lack = open.length === 0 ? null : t(`question.lack.${type}${isBegun ? 'Kept' : ''}`);
  return { field: open[0] ?? rows.fields[0] ?? '', open, lack };
}

/** Of a statement and its reason: the half that is blank, where one half is kept. */
function halfToMend(response: Answer, t: Translate) {
  const [half] = (['truth', 'reason'] as const).filter(name => response[name] === undefined);
  if (!half || Object.keys(response).length === 0) return { field: 'truth', open: [], lack: null };
  return { field: half, open: [half], lack: t(`question.lack.${half}`) };
}

/** Of a report: the boxes that are blank or hold too much, in what was kept or, as it was too long, was not. */
function boxesToMend(presented: PresentedReport, response: Answer, t: Translate) {
  const open = openFieldsOf(presented, response);
  const [first] = presented.fields;
  const isKept = Object.keys(response).length > 0;
  const long = open.find(id => textIn(response, id) !== '');
  const asked = isKept ? t('question.lack.reportKept') : t('question.lack.report');
  const lack = long ? t('question.lack.reportLong', { limit: presented.limit }) : asked;
  return { field: long ?? open[0] ?? first?.id ?? '', open, lack: open.length === 0 ? null : lack };
}

/** What was typed and could not be kept, so that the page shows it in place of what is kept. */
export const retyped = (presented: Presented, typed: Answer, t: Translate) => ({
  response: typed,
  ...mendingOf(presented, typed, t),
});

/** An answer in words, for a page that says what was not saved. */
export function inWords(
  quiz: Quiz,
  attempt: Pick<AttemptFacts, 'form'>,
  slot: number,
  answer: Answer,
  t: Translate,
): string {
  const drawn = attempt.form[slot - 1];
  if (!drawn) return '';
  const { item, type } = itemIn(quiz, drawn);
  const { truth, texts } = type.summarise(item, answer);
  const said = truth === null ? [] : [t(truth ? 'question.true' : 'question.false')];
  // Of an answer in steps only the last is new.
  return [...said, ...(type.mayFollow ? texts.slice(-1) : texts)].join(' · ');
}
