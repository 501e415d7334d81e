import type { CourseSnapshot } from '../courses/content/snapshot.js';
import type { Translate } from '../i18n/i18n.js';
import { FINAL } from '../learning/completion.js';
import type { Answered } from './answering.js';
import { mayExplain } from './attempt-policy.js';
import { caseFeedback, caseOutcome, joinedRestudy } from './case-result.js';
import { calibration, readConfidence, sureObjectives } from './confidence.js';
import { sureFirst } from './confidence-result.js';
import type { DrawnSlot } from './drawing.js';
import { gradeForm, isCase, itemIn, newForm, questionsIn, type Kept, type Quiz } from './quiz.js';
import { feedbackRows, restudyRows } from './result-page.js';
import { formSignals } from './signals.js';
import { subForm } from './sub-forms.js';

/** Names a form in an address, so that two people can look at the same one. */
export const SEED = /^[a-z0-9]{1,16}$/;

/** Whose result page is shown: that of what was answered, or of somebody who has everything right, or nothing. */
export type Shown = 'given' | 'pass' | 'fail';

/** A form as a learner might draw it. */
export const previewForm = (quiz: Quiz, seed: string): DrawnSlot[] => newForm(quiz, [], `preview ${seed}`);

/** What the fields of each slot come to, read as when they are saved; nothing is. Slots without an answer are left out. */
export function readSlots(
  quiz: Quiz,
  form: readonly DrawnSlot[],
  body: unknown,
): { kept: Kept[]; unclear: Map<number, Answered> } {
  const kept: Kept[] = [];
  const unclear = new Map<number, Answered>();
  form.forEach((drawn, index) => {
    if (isCase(quiz, drawn)) return;
    const { item, type } = itemIn(quiz, drawn);
    const own = subForm(body, index + 1);
    const parsed = type.parse(own, item);
    const said = readConfidence(own);
    if (parsed.ok) {
      const confidence = said.ok ? said.confidence : null;
      kept.push({ slot: index + 1, sequence: 1, response: parsed.response, confidence });
    } else if (parsed.problem !== 'missing') {
      unclear.set(index + 1, { kind: 'unclear', problem: parsed.problem, typed: parsed.typed ?? null });
    }
  });
  return { kept, unclear };
}

/** The answers that a result is shown for. The case is played on pages of its own: here it went well, or not at all. */
export function answersFor(
  quiz: Quiz,
  form: readonly DrawnSlot[],
  shown: Shown,
  given: readonly Kept[],
): Kept[] {
  if (shown === 'fail') return [];
  const right = form.map((drawn, index): Kept => {
    const { item, type } = itemIn(quiz, drawn);
    return { slot: index + 1, sequence: 1, response: type.correctResponse(item), confidence: null };
  });
  return shown === 'pass'
    ? right
    : [...given, ...right.filter(({ slot }) => isCase(quiz, form[slot - 1] as DrawnSlot))];
}

/** The values of `quizzes/result` for answers that nobody keeps. Its links lead to the previews. */
export function resultValues(
  { course, quiz, form }: { course: CourseSnapshot; quiz: Quiz; form: readonly DrawnSlot[] },
  kept: readonly Kept[],
  to: { again: string; all: string },
  t: Translate,
) {
  const graded = gradeForm(quiz, form, kept);
  const { passed, right, criticalMissed } = graded.total;
  // No round of anybody: the addresses made with it are replaced.
  const rowsFor = (missed: Pick<typeof graded, 'restudy'>) => restudyRows(course, 'preview', missed);
  const sure = sureObjectives(graded.restudy, quiz.items, { form, kept });
  const restudy = sureFirst(
    joinedRestudy(rowsFor(graded), course, 'preview', graded.case),
    rowsFor({ restudy: sure }).map(({ lessonHref }) => lessonHref),
  );
  const explained = mayExplain(quiz.policy, passed);
  const limit = quiz.policy.attempts;
  return {
    title: quiz.name === FINAL ? t('course.final') : t('quiz.of', { title: quiz.title }),
    passed,
    right,
    total: questionsIn(quiz, form),
    passRight: quiz.pass,
    criticalMissed: criticalMissed.length,
    itemsPassed: graded.items.passed,
    case: graded.case && caseOutcome(graded.case),
    restudy: restudy.map(row => ({ ...row, lessonHref: to.all })),
    signals: formSignals(graded.slots),
    calibration: calibration(graded.slots, kept, graded.total),
    retryHref: to.again,
    nextHref: to.all,
    courseCompleted: false,
    certificate: null,
    again: {
      mayStart: limit !== 1,
      left: limit === null ? null : limit - 1,
      isLimited: limit !== null,
      byClock: false,
      notices: [],
    },
    feedback: explained ? feedbackRows(quiz, { form }, kept, graded) : [],
    caseFeedback: explained ? caseFeedback(quiz, form, kept) : null,
    corrections: [],
    care: null,
  };
}
