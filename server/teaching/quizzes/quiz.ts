import type { Confidence, Kept, Mark, Quiz } from './quiz-model.js';
import { usualPolicy, type QuizPolicy } from '../content/schema/policy-schema.js';
import { titleForLearners, type CourseSnapshot } from '../content/snapshot.js';
import { FINAL, RENEWAL } from '../learning/completion.js';
import { drawCase } from './drawing/draw-case.js';
import { drawForm, drawnFor, toSlot, type DrawnSlot } from './drawing/draw-form.js';
import type { TimeLimit } from './attempts/limits.js';
import { next, type AttemptAction, type AttemptState } from './attempts/state.js';
import { pointsUnder } from './regrading/ruling/rulings.js';
import type { Answer } from '../questions/answer.js';
import type { Item } from '../questions/item.js';
import { suits } from '../content/bounds.js';
import { isTwin } from './drawing/blueprint.js';
import { askedOf, type JobName } from '../questions/jobs.js';
import { questionTypes } from '../questions/question-types.js';
import type { QuestionType } from '../questions/question-type.js';
import type { Scenario } from '../questions/types/scenario/scenario-shape.js';
import { caseLetters, itemOfCase, walkOf } from '../questions/types/scenario/scenario.js';
import { restudy, total, withCase, type GradedSlot, type Restudy, type Total } from './grading/scoring.js';
import { scoreCase, type CaseScore } from '../questions/types/scenario/case-score.js';
import { signalsOf, type SlotSignals } from './grading/signal-detection.js';

/** One slot of a result; `case` for a slot that holds the case, `void` for one whose question was voided. */
type ResultSlot = GradedSlot & SlotSignals & { readonly case?: CaseScore; readonly void?: true };

/** A graded form: slot by slot, the drawn items alone, the case alone, and both as the result. */
export interface GradedForm {
  readonly slots: readonly ResultSlot[];
  readonly items: Total;
  /** Null for a form that has no case: forms were drawn before there were any. */
  readonly case: CaseScore | null;
  readonly total: Total;
  /** For the drawn items only; `results/case.ts` adds what to read again after a case. */
  readonly restudy: readonly Restudy[];
}

/** A cache: what depends on a course object stays the same for as long as it does. */
const known = new WeakMap<CourseSnapshot, Map<string, Quiz>>();

/**
 * The quiz of this name in a course (a module's slug, `final` or `renewal`), or null. `job`: of the learner to whom it is put; without
 * one, its questions are as they are written.
 */
export function quizOf(course: CourseSnapshot, name: string, job: JobName | null = null): Quiz | null {
  const quizzes = known.get(course) ?? new Map<string, Quiz>();
  known.set(course, quizzes);
  const key = `${name} ${job}`;
  const quiz = quizzes.get(key) ?? madeQuiz(course, name, job);
  if (quiz) quizzes.set(key, quiz);
  return quiz;
}

function madeQuiz(course: CourseSnapshot, name: string, job: JobName | null): Quiz | null {
  const { final, title } = course;
  if (name === FINAL) {
    const rules = rulesUnder(course, course.policy?.final ?? usualPolicy);
    return final && { ...final, name, title, learnerTitle: title, job, ...rules };
  }
  const policy = course.policy?.quizzes ?? usualPolicy;
  if (name === RENEWAL) {
    const { quiz } = course.renewal ?? {};
    return quiz
      ? { ...quiz, name, title, learnerTitle: title, scenarios: [], job, ...rulesUnder(course, policy) }
      : null;
  }
  const module = course.modules.find(({ slug }) => slug === name);
  if (!module) return null;
  const titles = { title: module.title, learnerTitle: titleForLearners(module) };
  const rules = rulesUnder(course, module.quiz.practice ? practicePolicy(course, policy) : policy);
  return { ...module.quiz, name, ...titles, scenarios: [], job, ...rules };
}

/**
 * Practice has no limits and no wait. What it missed is worked through where the final asks for that. Its feedback waits for a pass
 * like any other: a final may draw from the same bank, and leaves out what was met in practice only as long as the bank has more.
 * Whoever handed in blank forms again and again would otherwise be shown the keys of that part of the final.
 */
const practicePolicy = (
  { policy: { final = usualPolicy } = {} }: CourseSnapshot,
  { feedback }: QuizPolicy,
): QuizPolicy => ({
  ...usualPolicy,
  feedback,
  remediation: final.remediation,
});

function rulesUnder(
  { remediation = [] }: CourseSnapshot,
  policy: QuizPolicy,
): Pick<Quiz, 'policy' | 'remediated'> {
  const rules = policy.remediation ? remediation : [];
  return { policy, remediated: new Map(rules.map(({ rule, text }) => [rule, text])) };
}

/**
 * A new form: newly drawn items, which leave out the last form's while the bank allows, and at the end a case that suits the job,
 * never the last form's while another one does. Where the quiz has no learner's job, only items and cases for every job are drawn.
 * `practised`: ids of items met in other quizzes, which are left out where the bank allows that too.
 */
export function newForm(
  quiz: Quiz,
  earlier: readonly (readonly DrawnSlot[])[],
  seed: string,
  practised: readonly string[] = [],
): DrawnSlot[] {
  const previous = earlier.map(slots => slots.map(({ itemId }) => itemId));
  const form = drawForm({
    ...quiz,
    practised,
    // The bank of a course version holds only what may be drawn at its depth.
    depth: 'full',
    trials: quiz.name === FINAL ? 1 : 0,
    previous,
    seed,
  });
  if (quiz.scenarios.length === 0) return form;
  const drawn = drawCase(quiz.scenarios, { job: quiz.job ?? null, previous, seed });
  return [...form, toSlot({ id: drawn.id, options: caseLetters(drawn) }, seed)];
}

/**
 * How many questions on trial every form is sure to hold beside those that count: one in a final whose bank has one for the job, the
 * twin of which is in no form.
 */
export function trialsIn(quiz: Quiz): number {
  if (quiz.name !== FINAL || !quiz.items.some(isOnTrial)) return 0;
  const whom = drawnFor({ ...quiz, depth: 'full' });
  const suitable = quiz.items.filter(item => suits(item, whom));
  const live = suitable.filter(item => !isOnTrial(item));
  return suitable.some(item => isOnTrial(item) && !live.some(other => isTwin(item, other))) ? 1 : 0;
}

const isOnTrial = ({ status }: Item): boolean => status === 'trial';

/** The case that a slot holds; null for a slot that holds a drawn question. */
export const caseOf = ({ scenarios }: Quiz, { itemId }: Pick<DrawnSlot, 'itemId'>): Scenario | null =>
  scenarios.find(({ id }) => id === itemId) ?? null;

/** The case in a form; null where it has none. */
export const caseOfForm = (quiz: Quiz, form: readonly DrawnSlot[]): Scenario | null =>
  form.map(drawn => caseOf(quiz, drawn)).find(found => found !== null) ?? null;

/** Is this the slot of a form's case? */
export const isCase = (quiz: Quiz, drawn: Pick<DrawnSlot, 'itemId'>): boolean => caseOf(quiz, drawn) !== null;

/** How many of a form's slots count towards the share that was right: all but the case and those on trial. */
export const countedIn = (quiz: Quiz, form: readonly DrawnSlot[]): number =>
  form.filter(drawn => !isCase(quiz, drawn) && !drawn.trial).length;

/** How many of a form's slots hold drawn questions: all but the case. */
export const questionsIn = (quiz: Quiz, form: readonly DrawnSlot[]): number =>
  form.filter(drawn => !isCase(quiz, drawn)).length;

/** The item in a slot as the learner is asked it, and its type. Throws RangeError when the form and the bank do not belong together. */
export function itemIn(quiz: Quiz, drawn: DrawnSlot): { item: Item; type: QuestionType } {
  const scenario = caseOf(quiz, drawn);
  const item = scenario ? itemOfCase(scenario) : quiz.items.find(({ id }) => id === drawn.itemId);
  if (!item) throw new RangeError(`Item ${drawn.itemId} is not in the bank`);
  return { item: askedOf(quiz.job, item), type: questionTypes.of(item) };
}

/** The attempt as its rules see it. */
export function stateOf(
  form: readonly DrawnSlot[],
  kept: readonly Kept[],
  { submittedAt, deadlineAt, graceMs }: { submittedAt: number | null } & TimeLimit,
): AttemptState {
  const slots = form.map((_, index) => {
    const answer = kept.find(({ slot }) => slot === index + 1);
    const { sequence = 0, response = null, confidence = null } = answer ?? {};
    return { slot: index + 1, sequence, response, confidence };
  });
  return { submittedAt, deadline: deadlineAt, grace: graceMs, slots };
}

/** The numbers of the slots that are not complete: no answer yet, half of one, or a case before its end. */
export const openSlots = (quiz: Quiz, form: readonly DrawnSlot[], kept: readonly Kept[]): number[] =>
  form.flatMap((drawn, index) => {
    const { item, type } = itemIn(quiz, drawn);
    const answer = kept.find(({ slot }) => slot === index + 1);
    return answer && type.isComplete(item, answer.response) ? [] : [index + 1];
  });

/** How answers to a question may follow one another: which are the same, and which must not be changed. */
type SaveRules = Pick<Extract<AttemptAction, { kind: 'save' }>, 'same' | 'mayFollow'>;

/** The rules of the question's type. */
export const rulesFor = ({ item, type }: { item: Item; type: QuestionType }): SaveRules => ({
  same: type.same.bind(type),
  mayFollow: (kept, sent) => type.mayFollow?.(item, kept, sent) ?? true,
});

/** Decide what to do with one answer. */
export function judgeSave(
  state: AttemptState,
  answer: { slot: number; sequence: number; response: Answer; confidence?: Confidence | null } & SaveRules,
  now: number,
) {
  return next(state, { kind: 'save', ...answer }, now);
}

/** Grade a form: each slot by its type, then the sum of the items, then the case. */
export function gradeForm(quiz: Quiz, form: readonly DrawnSlot[], kept: readonly Kept[]): GradedForm {
  const slots = form.map((drawn, index) =>
    gradeSlot(
      quiz,
      drawn,
      kept.find(({ slot }) => slot === index + 1),
    ),
  );
  const drawn = slots.filter(slot => slot.case === undefined && !slot.trial);
  const ofCase = slots.find(slot => slot.case !== undefined);
  const items = total(drawn, quiz);
  return {
    slots,
    items,
    case: ofCase?.case ?? null,
    total: withCase(items, ofCase?.case ? { id: ofCase.itemId, score: ofCase.case } : null),
    restudy: restudy(quiz.items, drawn),
  };
}

function gradeSlot(quiz: Quiz, drawn: DrawnSlot, answer: Kept | undefined): ResultSlot {
  const { item, type } = itemIn(quiz, drawn);
  const mark = quiz.marks?.get(item.id);
  const response = answer?.response;
  const points = pointsUnder({ item, type }, response, mark);
  const voided = mark?.kind === 'void' ? { void: true as const } : {};
  if (drawn.trial) return { itemId: item.id, critical: false, points, trial: true, ...voided };
  const scenario = caseOf(quiz, drawn);
  const ofCase = scenario && scoreCase(walkOf(scenario, response ?? {}));
  return {
    itemId: item.id,
    critical: type.ruleOfMiss(item),
    points,
    ...voided,
    ...(ofCase ? {} : unsafeIn({ item, type }, response, mark)),
    ...(item.judgement === undefined ? {} : { judgement: item.judgement }),
    ...(ofCase ? { case: ofCase } : {}),
    // A voided question says nothing about anybody.
    ...(mark?.kind === 'void' ? {} : signalsOf({ item, type, response, points, case: ofCase })),
  };
}

/** What an answer broke, however many points it has. What a case broke stands in its score. */
function unsafeIn(
  { item, type }: { item: Item; type: QuestionType },
  response: Answer | undefined,
  mark: Mark | undefined,
): Pick<GradedSlot, 'unsafe'> {
  const isForgiven = mark?.kind === 'void' || mark?.answers.some(right => type.same(right, response ?? {}));
  const unsafe = isForgiven ? [] : type.unsafe(item, response ?? {});
  return unsafe.length > 0 ? { unsafe } : {};
}
