import { row } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { toHold } from '../../db/transaction.js';
import { NotFound } from '../../errors.js';
import { Attempt, AttemptAnswer } from '../tables.js';
import type { Clock, Times } from './limits.js';

/** The state of an attempt that changes while it is open. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
}

const HELD = sql`select ${columns(Attempt, 'a', 'startedAt', 'submittedAt', 'deadlineAt', 'pausedAt', 'pausedMs')}
  from ${Attempt} a where a.id = $1`;
const ANSWERED = sql`select max(answered_at) ${as('answeredAt', nullable(moment()))}
  from ${AttemptAnswer} where attempt_id = $1`;

/** Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. Throws NotFound. */
export async function holdAttempt(attemptId: string): Promise<HeldAttempt> {
  const found = await row(sql`${HELD}${toHold()}`, [attemptId]);
  if (!found) throw new NotFound('There is no such attempt');
  // A separate statement: in a subquery PostgreSQL would count the answers as of before it waited for the lock.
  const newest = await row(ANSWERED, [attemptId]);
  return { ...found, answeredAt: newest?.answeredAt ?? null };
}
