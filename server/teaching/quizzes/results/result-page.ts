import { exhibitOf } from '../../exhibits/exhibit-parts.js';
import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { markOf } from '../../questions/answer-mark.js';
import { mayExplain } from '../attempts/limits.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { calibration, isSureButWrong, sureObjectives } from '../grading/confidence.js';
import { formSignals } from '../grading/signal-detection.js';
import { caseOfForm, countedIn, isCase, itemIn, type GradedForm } from '../quiz.js';
import type { Kept, Quiz } from '../quiz-model.js';
import { quizInWords } from '../quiz-words.js';
import { partResults } from '../form-parts.js';
import type { Corrections } from '../regrading/corrections.js';
import { caseFeedback, caseOutcome, joinedRestudy } from './case-result.js';
import { restudyRows, shortRows } from './restudy.js';
import { sureFirst } from './sure-first.js';

/** A form with its answers and what they were graded. */
export interface GradedAnswers {
  readonly form: readonly DrawnSlot[];
  readonly kept: readonly Kept[];
  readonly graded: GradedForm;
}

/** What a result says of the form itself, whether it was submitted or is a preview. */
export function gradedValues(quiz: Quiz, { form, kept, graded }: GradedAnswers, t: Translate) {
  const { passed, right, criticalMissed } = graded.total;
  return {
    title: quizInWords(quiz, t),
    passed,
    right,
    total: countedIn(quiz, form),
    isPractice: quiz.practice === true,
    parts: partResults(quiz, form, graded, t),
    passRight: quiz.pass,
    criticalMissed: criticalMissed.length,
    itemsPassed: graded.items.passed,
    case: graded.case && caseOutcome(quiz, graded.case),
    signals: formSignals(graded.slots, kept),
    calibration: calibration(graded.slots, kept, graded.total),
  };
}

/** The lessons to read again: first those on which the learner was sure and wrong. */
export function restudyValues(
  quiz: Quiz,
  { form, kept, graded }: GradedAnswers,
  { course, cycleId }: { course: CourseSnapshot; cycleId: string },
  t: Translate,
) {
  const rowsFor = (missed: Pick<GradedForm, 'restudy'>) => restudyRows(course, cycleId, missed);
  const scenario = caseOfForm(quiz, form);
  const played = scenario && graded.case && { scenario, score: graded.case };
  const joined = joinedRestudy(rowsFor(graded), course, cycleId, played);
  const sure = sureObjectives(graded.restudy, quiz.items, { form, kept });
  const sureHrefs = rowsFor({ restudy: sure }).map(({ lessonHref }) => lessonHref);
  return shortRows(sureFirst(joined, sureHrefs), t);
}

/** The explanations, where the course gives them to those who passed. `corrected`: the quiz under its latest rulings. */
export function explanations(quiz: Quiz, answers: GradedAnswers, corrected: Quiz, t: Translate) {
  if (!mayExplain(quiz.policy, answers.graded.total.passed)) return NO_EXPLANATIONS;
  return {
    feedback: feedbackRows(corrected, answers, t),
    caseFeedback: caseFeedback(quiz, answers.form, answers.kept),
  };
}

/** What stands in their place for those who may not know them. */
export const NO_EXPLANATIONS = { feedback: [], caseFeedback: null };

/**
 * After a pass: every drawn question (they stand before the case) as its type reviews it, those first of
 * which the learner was sure and wrong. Never made for an attempt that failed.
 */
function feedbackRows(quiz: Quiz, { form, kept, graded }: GradedAnswers, t: Translate) {
  const drawnItems = form.filter(drawn => !isCase(quiz, drawn));
  const rows = drawnItems.map((drawn, index) => {
    const { item, type } = itemIn(quiz, drawn);
    const { points = 0, unsafe } = graded.slots[index] ?? {};
    const answer = kept.find(({ slot }) => slot === index + 1)?.response ?? {};
    // What is on trial breaks no rule of the quiz; its mark says what the answer would be worth.
    const isUnsafe = drawn.trial ? type.unsafe(item, answer).length > 0 : unsafe !== undefined;
    const verdict = markOf({ points, isUnsafe }, type);
    const ruled = quiz.marks?.get(item.id)?.kind ?? null;
    const mark = drawn.trial && ruled !== 'void' ? ('trial' as const) : ruled;
    return {
      position: index + 1,
      stem: type.inList?.(item) ?? item.stem,
      exhibit: exhibitOf(item),
      verdict,
      sure: !drawn.trial && isSureButWrong(kept, index + 1, verdict === 'right'),
      mark,
      remark: mark === 'void' ? null : type.remark(item, t),
      review: mark === 'void' ? null : { view: type.reviewView, values: type.review(item, answer, t) },
    };
  });
  return rows.sort((a, b) => Number(b.sure) - Number(a.sure));
}

/** What was corrected since the quiz was submitted, in sentences; empty where nothing was. Names no question. */
export function correctionTexts(
  { rulings, last }: Pick<Corrections, 'rulings' | 'last'>,
  date: (ms: number) => string,
  t: Translate,
): string[] {
  const ruled = rulings.map(({ kind, at }) => t(`regrade.notice.${kind}`, { date: date(at) }));
  const outcome = last ? [t(`regrade.outcome.${last.change}`, { date: date(last.at) })] : [];
  return [...new Set([...ruled, ...outcome])];
}
