import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Answered } from '../attempts/answer-slots.js';
import { subForm } from '../attempts/field-prefix.js';
import { standing } from '../attempts/limits.js';
import type { PageWords } from '../attempts/start/start-notices.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { readConfidence } from '../grading/confidence.js';
import { gradeForm, isCase, itemIn, newForm, type GradedForm } from '../quiz.js';
import type { Kept, Quiz } from '../quiz-model.js';
import { missedRules } from '../remediation/rules.js';
import { againValues } from '../results/again.js';
import { explanations, gradedValues, NO_EXPLANATIONS, restudyValues } from '../results/result-page.js';

/** Names a form in an address, so that two people can look at the same one. */
export const SEED = /^[a-z0-9]{1,16}$/;

/** Whose result page is shown: that of what was answered, or of somebody who has everything right, or nothing. */
export type Whose = 'given' | 'pass' | 'fail';

/** How a result is shown: where another form is, and whether its reader may know what is right. */
interface Shown {
  readonly againHref: string;
  readonly mayKnow: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly words: PageWords;
}

/** A form as a learner might draw it. */
export const previewForm = (quiz: Quiz, seed: string): DrawnSlot[] => newForm(quiz, [], `preview ${seed}`);

/** The answers of a submitted form, and by slot what is none. */
export interface SlotsRead {
  readonly kept: readonly Kept[];
  readonly unclear: ReadonlyMap<number, Answered>;
}

/** Reads the fields of each slot as if they were to be saved; nothing is. Slots without an answer are left out. */
export function readSlots(quiz: Quiz, form: readonly DrawnSlot[], body: unknown): SlotsRead {
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

/** The answers that a result is shown for. The case is played on pages of its own: here it always went well. */
export function answersFor(
  quiz: Quiz,
  form: readonly DrawnSlot[],
  whose: Whose,
  given: readonly Kept[],
): Kept[] {
  const right = form.map((drawn, index): Kept => {
    const { item, type } = itemIn(quiz, drawn);
    return { slot: index + 1, sequence: 1, response: type.correctResponse(item), confidence: null };
  });
  if (whose === 'pass') return right;
  const forCase = right.filter(({ slot }) => isCase(quiz, form[slot - 1] as DrawnSlot));
  return whose === 'given' ? [...given, ...forCase] : forCase;
}

/**
 * The values of `quizzes/result` for answers that are not stored, as if they were a first attempt that ends at `now`.
 * Lessons are named without a link, and nothing says how to go on, because a preview has neither. Without `mayKnow` it
 * explains nothing, whatever the course shows after a pass.
 */
export function resultValues(
  { course, quiz, form }: { course: CourseSnapshot; quiz: Quiz; form: readonly DrawnSlot[] },
  kept: readonly Kept[],
  { againHref, mayKnow, now, words }: Shown,
) {
  const { t } = words;
  const graded = gradeForm(quiz, form, kept);
  const answers = { form, kept, graded };
  // Nobody's cycle: the addresses made with it only distinguish the lessons.
  const restudy = restudyValues(quiz, answers, { course, cycleId: 'preview' }, t);
  return {
    ...gradedValues(quiz, answers, t),
    restudy: restudy.map(row => ({ ...row, lessonHref: null })),
    retryHref: againHref,
    nextHref: null,
    courseCompleted: false,
    way: null,
    isNew: false,
    certificate: null,
    again: againAfter(quiz, graded, { now, words }),
    ...(mayKnow ? explanations(quiz, answers, quiz, t) : NO_EXPLANATIONS),
    corrections: [],
    care: null,
  };
}

/** What stands between a first attempt with this result and the next one. Its links would lead to no attempt. */
function againAfter(quiz: Quiz, graded: GradedForm, { now, words }: Pick<Shown, 'now' | 'words'>) {
  const { passed } = graded.total;
  const tried = {
    id: 'preview',
    submittedAt: now,
    passed,
    deadlineAt: null,
    pausedAt: null,
    closedBy: 'learner' as const,
  };
  const rules = passed ? [] : missedRules(graded).filter(rule => quiz.remediated.has(rule));
  const { policy, practice: isPractice } = quiz;
  const found = standing({ policy, attempts: [tried], grants: [], rules, isPractice, now });
  const before = { ...found, rulesOf: rules.length > 0 ? tried.id : null };
  const again = againValues(quiz, before, { last: tried, shown: tried, now }, words);
  return { ...again, notices: again.notices.map(notice => ({ ...notice, link: null, again: null })) };
}
