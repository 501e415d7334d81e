import { row } from '../../db/rows.js';
import { toHold } from '../../db/transaction.js';
import { NotFound } from '../../errors.js';
import type { Clock, Times } from './limits.js';

/** The state of an attempt that changes while it is open. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
}

/** Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. Throws NotFound. */
export async function holdAttempt(attemptId: string): Promise<HeldAttempt> {
  const found = await row<Omit<HeldAttempt, 'answeredAt'>>(
    `select started_at as "startedAt", submitted_at as "submittedAt", deadline_at as "deadlineAt",
       paused_at as "pausedAt", paused_ms as "pausedMs" from attempts where id = $1${toHold().text}`,
    [attemptId],
  );
  if (!found) throw new NotFound('There is no such attempt');
  // Asked separately: PostgreSQL would answer a subquery as of the moment before it waited for the lock.
  const newest = await row<Pick<HeldAttempt, 'answeredAt'>>(
    'select max(answered_at) as "answeredAt" from attempt_answers where attempt_id = $1',
    [attemptId],
  );
  return { ...found, answeredAt: newest?.answeredAt ?? null };
}
