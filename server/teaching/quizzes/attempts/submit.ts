import type { Kept, Quiz } from '../quiz-model.js';
import { courseVersion } from '../../courses/catalogue.js';
import { row } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { recordPass, recordPractice } from '../../learning/progress.js';
import { countLater } from '../../../platform/sums/uncounted.js';
import type { Total } from '../grading/scoring.js';
import { QUIZZES } from '../item-analysis/kept/sum-names.js';
import { gradeForm, stateOf, type GradedForm } from '../quiz.js';
import { ruledQuiz, rulingsOn, underAll, type MadeRuling } from '../regrading/ruling/active-rulings.js';
import { Attempt } from '../tables.js';
import type { AttemptFacts } from './attempts.js';
import { holdToGrade } from './hold.js';
import { endOfTime, timeIn } from './limits.js';
import { resumeAttempt } from './time/pauses.js';
import { isOutOfTime } from './state.js';

/**
 * Submit an attempt and grade it. Of any number of submissions, from any number of tabs, one grades; the result, what it
 * does to the progress of the learner, and the events of both commit together. Returns whether this call did it. Once its time is over
 * the attempt counts as closed by the clock at that moment, whoever submits it.
 */
export function submitAttempt(attempt: AttemptFacts, quiz: Quiz, now: number): Promise<boolean> {
  return inTransaction(async () => {
    const { slug } = await courseVersion(attempt.courseVersionId);
    const held = { ...attempt, ...(await holdToGrade(attempt.id, slug)) };
    if (held.submittedAt !== null) return false;
    const { quiz: ruled, seen } = held.isRuled
      ? await ruledQuiz(quiz, attempt.courseVersionId)
      : { quiz, seen: null };
    const graded = gradeForm({ ...ruled, job: attempt.job }, attempt.form, held.kept);
    const end = endOf(held, timeIn(held, now));
    await resumeAttempt(held, timeIn(held, now));
    if (!(await writeResult(attempt.id, graded, end, seen))) return false;
    await countLater(QUIZZES, attempt.id);
    await recordResult(attempt, quiz, graded.total, { ...end, now });
    await recordProgress(attempt, quiz, graded.total, { ...end, now });
    return true;
  });
}

/** Who closes an attempt, and when (epoch ms). */
interface End {
  readonly by: 'learner' | 'clock';
  readonly at: number;
}

function endOf(attempt: AttemptFacts, now: number): End {
  if (!isOver(attempt, now)) return { by: 'learner', at: now };
  return { by: 'clock', at: (endOfTime(attempt, now) ?? now) + attempt.graceMs };
}

/** Is the time of an attempt over at `now`, grace included? */
export const isOver = (attempt: AttemptFacts, now: number): boolean =>
  isOutOfTime(stateOf(attempt.form, [], { ...attempt, deadlineAt: endOfTime(attempt, now) }), now);

const SUBMIT = sql`update ${Attempt} set points = $1, max_points = $2, right_answers = $3, passed = $4, result = $5,
    submitted_at = $6, closed_by = $7, rulings_seen = $8
  where id = $9 and submitted_at is null returning id`;

/** Returns false where it was submitted already. */
async function writeResult(
  attemptId: string,
  { slots, total: { points, maxPoints, right, passed } }: GradedForm,
  { at, by }: End,
  rulingsSeen: number | null,
): Promise<boolean> {
  const result = [points, maxPoints, right, passed, JSON.stringify(slots)];
  return (await row(SUBMIT, [...result, at, by, rulingsSeen, attemptId])) !== null;
}

async function recordResult(
  { id: attemptId, userId, organisationId, cycleId, quiz }: AttemptFacts,
  { practice }: Quiz,
  { points, passed }: Total,
  { by, at, now }: End & { now: number },
): Promise<void> {
  const circumstances = { actorId: by === 'clock' ? null : userId, organisationId, now };
  const what = { attemptId, cycleId, quiz };
  await record('attempt.graded', { ...what, points, passed, closedBy: by }, circumstances);
  if (passed) await record('quiz.passed', { ...what, passedAt: at }, circumstances);
  if (practice) await record('quiz.practised', { ...what, takenAt: at }, circumstances);
}

/** What the result does in the course: the last pass completes it. */
async function recordProgress(
  { id: attemptId, cycleId, quiz }: AttemptFacts,
  { practice }: Quiz,
  { passed }: Total,
  { at, now }: End & { now: number },
): Promise<void> {
  if (passed) await recordPass({ cycleId, quiz, attemptId, passedAt: at }, now);
  if (practice) await recordPractice({ cycleId, quiz, attemptId, takenAt: at });
}

/** The result of a submitted attempt, and what it follows from. */
export interface WholeResult {
  readonly graded: GradedForm;
  readonly kept: readonly Kept[];
  /** All rulings on the questions of the quiz, also those that came later. */
  readonly rulings: readonly MadeRuling[];
}

/**
 * The result of a submitted attempt, graded as it was: the answers that count, under the rulings that it has seen. Throws
 * Conflict while the attempt is open.
 */
export async function resultOf(
  attempt: AttemptFacts,
  quiz: Quiz,
  kept: readonly Kept[],
): Promise<WholeResult> {
  if (attempt.submittedAt === null) throw new Conflict('This attempt is still open');
  const { slug } = await courseVersion(attempt.courseVersionId);
  const rulings = await rulingsOn(slug, quiz.name);
  const { quiz: asGraded } = await underAll(quiz, attempt.courseVersionId, rulings, attempt.rulingsSeen ?? 0);
  return { graded: gradeForm({ ...asGraded, job: attempt.job }, attempt.form, kept), kept, rulings };
}
