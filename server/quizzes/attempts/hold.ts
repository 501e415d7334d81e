import { row, rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { toHold } from '../../db/transaction.js';
import { NotFound } from '../../errors.js';
import type { Kept } from '../quiz-model.js';
import { Attempt, AttemptAnswer } from '../tables.js';
import { answersIn, answersOf } from './attempts.js';
import type { Clock, Times } from './limits.js';

/** What changes of an attempt while it is open, with the answers that count. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
  readonly kept: readonly Kept[];
}

const HELD = sql`select ${columns(Attempt, 'h', 'startedAt', 'submittedAt', 'deadlineAt', 'pausedAt', 'pausedMs')},
    (select max(answered_at) from ${AttemptAnswer} where attempt_id = h.id) ${as('answeredAt', nullable(moment()))},
    ${answersOf(sql`h.id`, sql`cast($2 as integer)`)}
  from ${Attempt} h where h.id = $1`;

/**
 * Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. `slot`: the only one whose answer is
 * needed. Throws NotFound.
 */
export async function holdAttempt(attemptId: string, slot = 0): Promise<HeldAttempt> {
  const lock = toHold();
  // A separate statement: in the one that waits for the lock PostgreSQL would read the answers as of before it waited.
  if (lock.text) await rows(sql`select id from ${Attempt} where id = $1${lock}`, [attemptId]);
  const found = await row(HELD, [attemptId, slot]);
  if (!found) throw new NotFound('There is no such attempt');
  const { answers, ...held } = found;
  return { ...held, kept: answersIn(answers) };
}
