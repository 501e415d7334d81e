import { row, rows } from '../../db/rows.js';
import { as, columns, sql, type Sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { toHold } from '../../db/transaction.js';
import { NotFound } from '../../errors.js';
import type { Kept } from '../quiz-model.js';
import { Attempt, AttemptAnswer } from '../tables.js';
import { answerIn, answersIn, answersOf } from './attempts.js';
import type { Clock, Times } from './limits.js';

/** What changes of an attempt while it is open, with the answers that count. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
  readonly kept: readonly Kept[];
}

const held = <R>(answers: Sql<R>) => sql`
  select ${columns(Attempt, 'h', 'startedAt', 'submittedAt', 'deadlineAt', 'pausedAt', 'pausedMs')},
    (select max(answered_at) from ${AttemptAnswer} where attempt_id = h.id) ${as('answeredAt', nullable(moment()))},
    ${answers}
  from ${Attempt} h where h.id = $1`;

const HELD = held(answersOf(sql`h.id`));
const HELD_SLOT = held(answerIn(sql`h.id`, sql`$2`));

/**
 * Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. `slot`: the only one whose answer is
 * needed. Throws NotFound.
 */
export async function holdAttempt(attemptId: string, slot?: number): Promise<HeldAttempt> {
  const lock = toHold();
  // A separate statement: in the one that waits for the lock PostgreSQL would read the answers as of before it waited.
  if (lock.text) await rows(sql`select id from ${Attempt} where id = $1${lock}`, [attemptId]);
  const found = await (slot === undefined ? row(HELD, [attemptId]) : row(HELD_SLOT, [attemptId, slot]));
  if (!found) throw new NotFound('There is no such attempt');
  const { answers, ...facts } = found;
  return { ...facts, kept: answersIn(answers) };
}
