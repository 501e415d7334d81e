import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { pauseAfter } from './failures.js';

/**
 * The kinds of work, and how many jobs of each one worker does at once. No lane waits for another: a mail server that
 * stays silent holds up mail, and nothing else.
 *
 * - `awaited`: progress and certificates, which somebody waits for at a screen. Several overlap while each is signed.
 * - `mail`: as many as the mailer keeps connections.
 * - `bulk`: what may take its time, such as certificates that are issued anew; one after the other, in its order.
 * - `routine`: what the clock asks for.
 */
export const LANES = { awaited: 4, mail: 4, bulk: 1, routine: 1 } as const;

export type Lane = keyof typeof LANES;

export const laneNames = Object.keys(LANES) as Lane[];

/** A lane whose service is away. Times are epoch milliseconds. */
export interface FailingLane {
  readonly name: Lane;
  readonly failingSince: number;
  readonly pausedUntil: number;
  readonly lastError: string;
}

/** The lanes that are held up now. */
export const failingLanes = (): Promise<FailingLane[]> =>
  rows<FailingLane>(
    `select name, failing_since as "failingSince", paused_until as "pausedUntil", last_error as "lastError"
     from job_lanes where failing_since is not null order by name`,
  );

/**
 * The service behind the lane is away: take no job from it for a while, longer each time. Of several jobs that fail at
 * once the first one counts. Joins the transaction.
 */
export async function pauseLane(lane: Lane, reason: string, now: number): Promise<void> {
  await rows('insert into job_lanes (name) values ($1) on conflict (name) do nothing', [lane]);
  const known = await row<{ failures: number }>('select failures from job_lanes where name = $1', [lane]);
  const failures = (known?.failures ?? 0) + 1;
  await rows(
    `update job_lanes set failing_since = coalesce(failing_since, $2), failures = $3, paused_until = $4, last_error = $5
     where name = $1 and paused_until <= $2`,
    [lane, now, failures, now + pauseAfter(failures), reason],
  );
}

/** The service behind the lane answers: all that waits may go. Joins the transaction. */
export const openLane = (lane: Lane): Promise<unknown> =>
  rows(
    `update job_lanes set failing_since = null, failures = 0, paused_until = 0, last_error = null
     where name = $1 and failing_since is not null`,
    [lane],
  );

/** Let the next job of a lane try at once whether the service is back. */
export const tryLane = (lane: Lane): Promise<unknown> =>
  inTransaction(() => rows('update job_lanes set paused_until = 0 where name = $1', [lane]));
