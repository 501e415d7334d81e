import { database } from '../db/connect.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { Conflict, NotFound } from '../errors.js';
import { record } from '../events/record.js';
import type { CycleFacts } from '../learning/enrolments.js';
import { isId, newId } from '../lib/ids.js';
import type { DrawnSlot } from './drawing.js';
import {
  gradeForm,
  itemIn,
  judgeSave,
  newForm,
  rulesFor,
  stateOf,
  type GradedForm,
  type Kept,
  type Quiz,
} from './quiz.js';
import type { Total } from './scoring.js';
import type { Answer } from './types/answer.js';

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
  readonly points: number | null;
  readonly rightAnswers: number | null;
  readonly passed: boolean | null;
}

/** What became of an answer; with `kept` or `same` it is on disk. `theirs` is the answer that holds now. */
export type Saved =
  | { readonly kind: 'kept' | 'same' }
  | { readonly kind: 'stale'; readonly sequence: number; readonly theirs: Answer | null }
  | { readonly kind: 'closed' | 'out-of-time' | 'invalid-slot' | 'refused' };

const COLUMNS = `id, organisation_id as "organisationId", user_id as "userId", cycle_id as "cycleId",
  course_version_id as "courseVersionId", quiz, number, form, started_at as "startedAt",
  submitted_at as "submittedAt", points, right_answers as "rightAnswers", passed`;

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
  const kept = await rows<{ slot: number; sequence: number; response: string }>(
    slot === null
      ? `select a.slot, a.sequence, a.response
         from (select slot, max(sequence) as newest from attempt_answers where attempt_id = $1 group by slot) n
           join attempt_answers a on a.attempt_id = $1 and a.slot = n.slot and a.sequence = n.newest
         order by a.slot`
      : `select slot, sequence, response from attempt_answers where attempt_id = $1 and slot = $2
         order by sequence desc limit 1`,
    slot === null ? [attemptId] : [attemptId, slot],
  );
  return kept.map(answer => ({ ...answer, response: JSON.parse(answer.response) as Answer }));
}

/**
 * Begin an attempt, or go on with the one that is open: of any number of clicks one makes a row. The form is
 * drawn anew each time and leaves out the last one's items while the bank allows.
 */
export function startAttempt(cycle: CycleFacts, quiz: Quiz, now: number): Promise<AttemptFacts> {
  return inTransaction(async () => {
    const earlier = await attemptsAt(cycle.id, quiz.name);
    const open = earlier.find(attempt => attempt.submittedAt === null);
    if (open) return open;
    const id = newId();
    const form = newForm(
      quiz,
      earlier.map(attempt => attempt.form),
      id,
    );
    const [made] = await rows<Row>(
      `insert into attempts (id, organisation_id, user_id, cycle_id, course_version_id, quiz, number, form, started_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning ${COLUMNS}`,
      [
        id,
        cycle.organisationId,
        cycle.userId,
        cycle.id,
        cycle.courseVersionId,
        quiz.name,
        earlier.length + 1,
        JSON.stringify(form),
        now,
      ],
    );
    if (!made) return startedElsewhere(cycle.id, quiz.name);
    const payload = { attemptId: id, cycleId: cycle.id, quiz: quiz.name };
    await record('attempt.started', payload, {
      actorId: cycle.userId,
      organisationId: cycle.organisationId,
      now,
    });
    return fromRow(made);
  });
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
  answer: { slot: number; sequence: number; response: Answer },
  now: number,
): Promise<Saved> {
  return inTransaction(async () => {
    const drawn = attempt.form[answer.slot - 1];
    if (!drawn) return { kind: 'invalid-slot' };
    const { submittedAt } = await lock(attempt.id);
    const state = stateOf(attempt.form, await answersOf(attempt.id, answer.slot), submittedAt);
    const decision = judgeSave(state, { ...answer, ...rulesFor(itemIn(quiz, drawn)) }, now);
    if (decision.kind === 'stale') {
      const theirs = state.slots[answer.slot - 1]?.response ?? null;
      return { kind: 'stale', sequence: decision.sequence, theirs };
    }
    if (decision.kind !== 'keep') return { kind: decision.kind };
    await rows(
      `insert into attempt_answers (attempt_id, organisation_id, slot, sequence, response, answered_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        attempt.id,
        attempt.organisationId,
        answer.slot,
        answer.sequence + 1,
        JSON.stringify(answer.response),
        now,
      ],
    );
    return { kind: 'kept' };
  });
}

/**
 * Hand an attempt in and grade it. Of any number of tries, from any number of tabs, one grades; the result,
 * the news of it and, if passed, the news of that are kept together. Returns whether this call did it.
 */
export function submitAttempt(attempt: AttemptFacts, quiz: Quiz, now: number): Promise<boolean> {
  return inTransaction(async () => {
    const locked = await lock(attempt.id);
    if (locked.submittedAt !== null) return false;
    const graded = gradeForm(quiz, attempt.form, await answersOf(attempt.id));
    const { points, maxPoints, right, passed } = graded.total;
    const [first] = await rows(
      `update attempts set submitted_at = $1, points = $2, max_points = $3, right_answers = $4, passed = $5, result = $6
       where id = $7 and submitted_at is null returning id`,
      [now, points, maxPoints, right, passed, JSON.stringify(graded.slots), attempt.id],
    );
    if (!first) return false;
    await tell(attempt, graded.total, now);
    return true;
  });
}

/** Points of each slot of an attempt that was handed in. */
export async function resultOf(attempt: AttemptFacts, quiz: Quiz): Promise<GradedForm> {
  if (attempt.submittedAt === null) throw new Conflict('This attempt is still open');
  return gradeForm(quiz, attempt.form, await answersOf(attempt.id));
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
     where p.cycle_id = $1`,
    [cycleId],
  );

async function tell(attempt: AttemptFacts, { points, passed }: Total, now: number): Promise<void> {
  const circumstances = { actorId: attempt.userId, organisationId: attempt.organisationId, now };
  const what = { attemptId: attempt.id, cycleId: attempt.cycleId, quiz: attempt.quiz };
  await record('attempt.graded', { ...what, points, passed }, circumstances);
  if (passed) await record('quiz.passed', { ...what, passedAt: now }, circumstances);
}

/** The attempt's row, held until the transaction ends: two tabs take turns. (SQLite has one writer anyway.) */
async function lock(attemptId: string): Promise<{ submittedAt: number | null }> {
  const suffix = database().dialect === 'postgres' ? ' for update' : '';
  const found = await row<{ submittedAt: number | null }>(
    `select submitted_at as "submittedAt" from attempts where id = $1${suffix}`,
    [attemptId],
  );
  if (!found) throw new NotFound('There is no such attempt');
  return found;
}

async function startedElsewhere(cycleId: string, quiz: string): Promise<AttemptFacts> {
  const open = (await attemptsAt(cycleId, quiz)).find(attempt => attempt.submittedAt === null);
  if (!open) throw new Conflict('The quiz was started and finished in another tab');
  return open;
}

const fromRow = (found: Row): AttemptFacts => ({
  ...found,
  form: JSON.parse(found.form) as DrawnSlot[],
  passed: found.passed === null ? null : Boolean(found.passed),
});
