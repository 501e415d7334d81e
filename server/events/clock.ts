import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { LONGEST_PAUSE, LONGEST_WAIT } from './failures.js';
import { laneNames } from './lanes.js';
import { LEASE } from './queue.js';
import { SKEW } from './schedule.js';

const places = laneNames.map(lane => `'${lane}'`).join(', ');

/**
 * Jobs that are put off for longer than any wait; one that has not failed is put off by nothing. Found by the index of
 * what is due. $1: now (ms).
 */
export const PUT_OFF = `state = 'ready' and lane in (${places}) and rank in (0, 1) and run_at > cast($1 as bigint) + ${SKEW}
  and (failure is null or run_at > cast($1 as bigint) + ${LONGEST_WAIT + SKEW})`;

/** Jobs held for longer than any lease. $1: now (ms). */
const HELD = `state = 'running' and lease_until > cast($1 as bigint) + ${LEASE + SKEW}`;

/** Lanes that pause for longer than any pause. $1: now (ms). */
const PAUSED = `paused_until > cast($1 as bigint) + ${LONGEST_PAUSE + SKEW}`;

/**
 * Mend the times that only a clock that was ahead can have written: jobs that wait for them are due now, lanes open,
 * and a job that is held gets an ordinary lease, which its worker renews if it is alive. Costs little when there are none.
 */
export async function forgetFuture(now: number): Promise<void> {
  const found = await row(
    `select 1 as found where exists (select 1 from jobs where ${PUT_OFF})
       or exists (select 1 from jobs where ${HELD}) or exists (select 1 from job_lanes where ${PAUSED})`,
    [now],
  );
  if (!found) return;
  await inTransaction(async () => {
    await rows(`update jobs set run_at = $1 where ${PUT_OFF}`, [now]);
    await rows(`update jobs set lease_until = cast($1 as bigint) + ${LEASE} where ${HELD}`, [now]);
    await rows(`update job_lanes set paused_until = 0 where ${PAUSED}`, [now]);
  });
}

/** How far an event may lie in the future before the clock is doubted (ms). */
const DOUBT = 300_000;

/** The latest time of any event after $1. */
export const LATEST =
  'select created_at as at from events where created_at > $1 order by created_at desc limit 1';

/**
 * The latest time (ms) of any event where that lies more than five minutes in the future; null where all is well. Of all
 * events, not of the last one written: while a clock is behind, each new event looks right by that clock.
 */
export async function eventAhead(now: number): Promise<number | null> {
  const latest = await row<{ at: number }>(LATEST, [now + DOUBT]);
  return latest?.at ?? null;
}
