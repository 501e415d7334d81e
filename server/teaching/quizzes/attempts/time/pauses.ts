import { rows } from '../../../../platform/db/rows.js';
import { sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { Attempt } from '../../tables.js';
import { holdAttempt } from '../hold.js';
import { MAX_PAUSE, currentPause, timeIn, type Clock } from '../limits.js';

const PAUSE = sql`update ${Attempt} set paused_at = $1
  where id = $2 and submitted_at is null and paused_at is null and deadline_at >= $1 and paused_ms < $3`;
const RESUME = sql`update ${Attempt} set deadline_at = deadline_at + $1, paused_ms = paused_ms + $1, paused_at = null
  where id = $2 and paused_at = $3`;

/**
 * Stop the clock of an open attempt. Does nothing without a time limit, once the time is over, once the pause is used up,
 * or while the clock is stopped already.
 */
export const pauseAttempt = (attemptId: string, now: number): Promise<unknown> =>
  inTransaction(async () => {
    const at = timeIn(await holdAttempt(attemptId), now);
    await rows(PAUSE, [at, attemptId, MAX_PAUSE]);
  });

/**
 * Start the clock again: the deadline moves by as long as the clock was stopped. Of several calls one counts, since the
 * row changes only while it is paused as it was read. Does nothing while the clock runs.
 */
export async function resumeAttempt(attempt: Clock & { readonly id: string }, now: number): Promise<void> {
  const { id, pausedAt } = attempt;
  if (pausedAt === null) return;
  await inTransaction(() => rows(RESUME, [currentPause(attempt, now), id, pausedAt]));
}
