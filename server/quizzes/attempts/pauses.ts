import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { LONGEST_PAUSE, stoodStill, timeIn, type Clock } from './limits.js';
import { holdAttempt } from './hold.js';

type Paused = Clock & { readonly id: string };

/**
 * Let the clock of an open attempt stand still. Nothing without a time limit, once the time is over, or once the pause
 * is used up. Twice is once.
 */
export const pauseAttempt = (attemptId: string, now: number): Promise<unknown> =>
  inTransaction(async () => {
    const at = timeIn(await holdAttempt(attemptId), now);
    await rows(
      `update attempts set paused_at = $1
       where id = $2 and submitted_at is null and paused_at is null and deadline_at >= $1 and paused_ms < $3`,
      [at, attemptId, LONGEST_PAUSE],
    );
  });

/**
 * Let the clock run again: the end moves by as long as it stood still. Of several tries one counts, since the row is
 * changed only while it is paused as it was read. Does nothing where the clock runs.
 */
export async function resumeAttempt(attempt: Paused, now: number): Promise<void> {
  const { id, pausedAt } = attempt;
  if (pausedAt === null) return;
  await inTransaction(() =>
    rows(
      `update attempts set deadline_at = deadline_at + $1, paused_ms = paused_ms + $1, paused_at = null
       where id = $2 and paused_at = $3`,
      [stoodStill(attempt, now), id, pausedAt],
    ),
  );
}
