import { row, rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { LONGEST_LANE_PAUSE, LONGEST_WAIT } from '../jobs/failures.js';
import { laneNames } from '../jobs/job-lanes.js';
import { LEASE } from '../jobs/queue.js';
import { SKEW } from './schedule.js';
import { Event, Job, JobLane } from '../tables.js';

/**
 * Jobs that are put off for longer than any wait; one that has not failed is put off by nothing. Found by the index of
 * what is due. $1: now (ms); $2 and on: all lanes.
 */
export const PUT_OFF = sql`state = 'ready' and lane in (${parameters(laneNames.length, 2)}) and rank in (0, 1)
  and run_at > cast($1 as bigint) + ${SKEW}
  and (failure is null or run_at > cast($1 as bigint) + ${LONGEST_WAIT + SKEW})`;

/** Jobs that are leased for longer than any lease. $1: now (ms). */
const LEASED = sql`state = 'running' and lease_until > cast($1 as bigint) + ${LEASE + SKEW}`;

/** Lanes that are paused for longer than any pause. $1: now (ms). */
const PAUSED = sql`paused_until > cast($1 as bigint) + ${LONGEST_LANE_PAUSE + SKEW}`;

const ANY = sql`select 1 as found where exists (select 1 from ${Job} where ${PUT_OFF})
  or exists (select 1 from ${Job} where ${LEASED}) or exists (select 1 from ${JobLane} where ${PAUSED})`;

const RUN_NOW = sql`update ${Job} set run_at = $1 where ${PUT_OFF}`;
const LEASE_ANEW = sql`update ${Job} set lease_until = cast($1 as bigint) + ${LEASE} where ${LEASED}`;
const END_PAUSES = sql`update ${JobLane} set paused_until = 0 where ${PAUSED}`;

/**
 * Correct the times that only a clock that was fast can have written: jobs put off are due now, lanes open, and a running
 * job gets an ordinary lease, which its worker renews if it is alive. Costs little when there are none.
 */
export async function correctFutureTimes(now: number): Promise<void> {
  const putOff = [now, ...laneNames];
  if (!(await row(ANY, putOff))) return;
  await inTransaction(async () => {
    await rows(RUN_NOW, putOff);
    await rows(LEASE_ANEW, [now]);
    await rows(END_PAUSES, [now]);
  });
}

/** How far in the future an event may lie before the clock is doubted (ms). */
const DOUBT = 300_000;

/** The latest event after $1 (ms). */
export const LATEST_EVENT = sql`select ${columns(Event, 'e', 'createdAt')} from ${Event} e
  where e.created_at > $1 order by e.created_at desc limit 1`;

/**
 * The time (ms) of the latest event, where that lies more than five minutes in the future; null where all is well. It
 * looks at all events, not at the last one written: while a clock is slow, each new event looks right by that clock.
 */
export const latestFutureEvent = async (now: number): Promise<number | null> =>
  (await row(LATEST_EVENT, [now + DOUBT]))?.createdAt ?? null;

/** When the first of all events was recorded (epoch ms): as old as the installation; null before it. */
export const firstEventAt = async (): Promise<number | null> =>
  (await row(sql`select ${columns(Event, 'e', 'createdAt')} from ${Event} e order by e.created_at limit 1`))
    ?.createdAt ?? null;
