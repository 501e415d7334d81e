import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import { isId } from '../../lib/ids.js';
import { endOfTime, timeIn } from './limits.js';
import { isOutOfTime } from './state.js';
import type { Confidence } from '../grading/confidence.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { holdAttempt } from './hold.js';
import {
  gradeForm,
  itemIn,
  judgeSave,
  rulesFor,
  stateOf,
  type GradedForm,
  type Kept,
  type Quiz,
} from '../quiz.js';
import { resumeAttempt } from './pauses.js';
import { ruledQuiz, shareRulings } from '../regrading/active-rulings.js';
import type { Total } from '../grading/scoring.js';
import type { Answer } from '../../questions/answer.js';

/** An attempt as verbs and routes pass it around. Times are epoch milliseconds. */
export interface AttemptFacts {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly number: number;
  readonly form: readonly DrawnSlot[];
  readonly startedAt: number;
  readonly submittedAt: number | null;
  /** When its time is over, fixed at its start and moved only by a pause; null without a limit. */
  readonly deadlineAt: number | null;
  readonly graceMs: number;
  /** Since when its clock stands still; null while it runs. */
  readonly pausedAt: number | null;
  /** How long it stood still in earlier pauses (ms). */
  readonly pausedMs: number;
  /** Handed in by its learner, or closed by the clock; null while open, and for attempts of earlier days. */
  readonly closedBy: 'learner' | 'clock' | null;
  readonly points: number | null;
  readonly rightAnswers: number | null;
  readonly passed: boolean | null;
  /** The number of the newest ruling on the quiz's questions that its result takes into account. */
  readonly rulingsSeen: number | null;
}

/** What became of an answer; with `kept` or `same` it is on disk. `theirs` is the answer that holds now. */
export type Saved =
  | { readonly kind: 'kept' | 'same'; readonly sequence: number }
  | { readonly kind: 'stale'; readonly sequence: number; readonly theirs: Answer | null }
  | { readonly kind: 'closed' | 'out-of-time' | 'invalid-slot' | 'refused' };

const COLUMNS = `id, organisation_id as "organisationId", user_id as "userId", cycle_id as "cycleId",
  course_version_id as "courseVersionId", quiz, number, form, started_at as "startedAt",
  submitted_at as "submittedAt", deadline_at as "deadlineAt", grace_ms as "graceMs",
  paused_at as "pausedAt", paused_ms as "pausedMs", closed_by as "closedBy", points, right_answers as "rightAnswers", passed, rulings_seen as "rulingsSeen"`;

type Row = Omit<AttemptFacts, 'form' | 'passed'> & { form: string; passed: boolean | number | null };

/** One attempt by id, or null; a text that is no id is not looked for. */
export async function findAttempt(id: unknown): Promise<AttemptFacts | null> {
  if (!isId(id)) return null;
  const found = await row<Row>(`select ${COLUMNS} from attempts where id = $1`, [id]);
  return found && fromRow(found);
}

/** All attempts at one quiz in one round, oldest first. */
export async function attemptsAt(cycleId: string, quiz: string): Promise<AttemptFacts[]> {
  const found = await rows<Row>(
    `select ${COLUMNS} from attempts where cycle_id = $1 and quiz = $2 order by number`,
    [cycleId, quiz],
  );
  return found.map(fromRow);
}

/** The answers that count: the last one kept in each slot, or in the one slot that is named. */
export async function answersOf(attemptId: string, slot: number | null = null): Promise<Kept[]> {
  const kept = await rows<Omit<Kept, 'response'> & { response: string }>(
    slot === null
      ? `select a.slot, a.sequence, a.response, a.confidence
         from (select slot, max(sequence) as newest from attempt_answers where attempt_id = $1 group by slot) n
           join attempt_answers a on a.attempt_id = $1 and a.slot = n.slot and a.sequence = n.newest
         order by a.slot`
      : `select slot, sequence, response, confidence from attempt_answers where attempt_id = $1 and slot = $2
         order by sequence desc limit 1`,
    slot === null ? [attemptId] : [attemptId, slot],
  );
  return kept.map(answer => ({ ...answer, response: JSON.parse(answer.response) as Answer }));
}

/**
 * Keep one answer. It is committed before this returns, so what is acknowledged is not lost; answers are
 * appended, never overwritten. `sequence` is the number of answers that the learner's page knew of: a page
 * that is behind another tab is told so, and changes nothing. Of a case each decision is an answer, the path so far
 * and one more; a path that goes another way than the one that is kept is refused.
 */
export function saveAnswer(
  attempt: AttemptFacts,
  quiz: Quiz,
  answer: { slot: number; sequence: number; response: Answer; confidence?: Confidence | null },
  now: number,
): Promise<Saved> {
  return inTransaction(async () => {
    const drawn = attempt.form[answer.slot - 1];
    if (!drawn) return { kind: 'invalid-slot' };
    const held = { ...attempt, ...(await holdAttempt(attempt.id)) };
    const at = timeIn(held, now);
    const kept = await answersOf(attempt.id, answer.slot);
    const state = stateOf(attempt.form, kept, { ...held, deadlineAt: endOfTime(held, at) });
    const decision = judgeSave(state, { ...answer, ...rulesFor(itemIn(quiz, drawn)) }, at);
    if (decision.kind === 'stale') {
      const theirs = state.slots[answer.slot - 1]?.response ?? null;
      return { kind: 'stale', sequence: decision.sequence, theirs };
    }
    if (decision.kind === 'same') {
      return { kind: 'same', sequence: state.slots[answer.slot - 1]?.sequence ?? 0 };
    }
    if (decision.kind !== 'keep') return { kind: decision.kind };
    // Whoever answers is back: no answer is lost to a pause, and none is thought over in one.
    await resumeAttempt(held, at);
    await rows(
      `insert into attempt_answers (attempt_id, organisation_id, slot, sequence, response, answered_at, confidence)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        attempt.id,
        attempt.organisationId,
        answer.slot,
        answer.sequence + 1,
        JSON.stringify(answer.response),
        at,
        answer.confidence ?? null,
      ],
    );
    return { kind: 'kept', sequence: answer.sequence + 1 };
  });
}

/**
 * Hand an attempt in and grade it. Of any number of tries, from any number of tabs, one grades; the result,
 * the news of it and, if passed, the news of that are kept together. Returns whether this call did it. Once its
 * time is over it counts as closed by the clock, at the moment when that was, whoever comes to close it.
 */
export function submitAttempt(attempt: AttemptFacts, quiz: Quiz, now: number): Promise<boolean> {
  return inTransaction(async () => {
    const held = { ...attempt, ...(await holdAttempt(attempt.id)) };
    if (held.submittedAt !== null) return false;
    await shareRulings();
    const ruled = await ruledQuiz(quiz, attempt.courseVersionId);
    const graded = gradeForm(ruled.quiz, attempt.form, await answersOf(attempt.id));
    const { points, maxPoints, right, passed } = graded.total;
    const end = endOf(held, timeIn(held, now));
    await resumeAttempt(held, timeIn(held, now));
    const [first] = await rows(
      `update attempts set submitted_at = $1, points = $2, max_points = $3, right_answers = $4, passed = $5, result = $6,
         closed_by = $7
       where id = $8 and submitted_at is null returning id`,
      [end.at, points, maxPoints, right, passed, JSON.stringify(graded.slots), end.by, attempt.id],
    );
    if (!first) return false;
    if (ruled.seen !== null)
      await rows('update attempts set rulings_seen = $1 where id = $2', [ruled.seen, attempt.id]);
    await tell(attempt, graded.total, { ...end, now });
    return true;
  });
}

/** Points of each slot of an attempt that was handed in. */
export async function resultOf(attempt: AttemptFacts, quiz: Quiz): Promise<GradedForm> {
  if (attempt.submittedAt === null) throw new Conflict('This attempt is still open');
  const { quiz: asGraded } = await ruledQuiz(quiz, attempt.courseVersionId, attempt.rulingsSeen ?? 0);
  return gradeForm(asGraded, attempt.form, await answersOf(attempt.id));
}

/**
 * The result of each quiz of a round that was passed, for the certificate's percentages: the points of the drawn
 * items out of the most they can give. The final's case counts for the pass and not here (`withCase`).
 */
export const passedResults = (
  cycleId: string,
): Promise<{ quiz: string; points: number; maxPoints: number }[]> =>
  rows(
    `select a.quiz, a.points, a.max_points as "maxPoints" from quiz_passes p join attempts a on a.id = p.attempt_id
     where p.cycle_id = $1 and a.passed`,
    [cycleId],
  );

/** Is the time of an attempt over at `now`, grace included? */
export const isOver = (attempt: AttemptFacts, now: number): boolean =>
  isOutOfTime(stateOf(attempt.form, [], { ...attempt, deadlineAt: endOfTime(attempt, now) }), now);

/** Who ends an attempt that is closed at `now`, and when. */
function endOf(attempt: AttemptFacts, now: number): { by: 'learner' | 'clock'; at: number } {
  if (!isOver(attempt, now)) return { by: 'learner', at: now };
  return { by: 'clock', at: (endOfTime(attempt, now) ?? now) + attempt.graceMs };
}

async function tell(
  attempt: AttemptFacts,
  { points, passed }: Total,
  { by, at, now }: { by: 'learner' | 'clock'; at: number; now: number },
): Promise<void> {
  const actorId = by === 'clock' ? null : attempt.userId;
  const circumstances = { actorId, organisationId: attempt.organisationId, now };
  const what = { attemptId: attempt.id, cycleId: attempt.cycleId, quiz: attempt.quiz };
  await record('attempt.graded', { ...what, points, passed, closedBy: by }, circumstances);
  if (passed) await record('quiz.passed', { ...what, passedAt: at }, circumstances);
}

const fromRow = (found: Row): AttemptFacts => ({
  ...found,
  form: JSON.parse(found.form) as DrawnSlot[],
  passed: found.passed === null ? null : Boolean(found.passed),
});
