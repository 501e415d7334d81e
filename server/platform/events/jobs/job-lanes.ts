import { insertOnce, row, rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { moment, text, type Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { pauseAfter } from './failures.js';
import { JobLane } from '../tables.js';

export type Lane = Row<typeof JobLane>['name'];

/**
 * The kinds of work, and how many jobs of each one worker runs at once. No lane waits for another: a mail server that
 * does not answer holds up mail, and nothing else.
 *
 * - `awaited`: progress and certificates, which somebody is waiting for at a screen. Many, since certificates that wait at the same time
 *   are made together.
 * - `mail`: as many as the mailer keeps connections.
 * - `bulk`: what may take its time, such as reissued certificates; one after the other, in order.
 * - `files`: files for downloading, and checks of the ledger, that take minutes; nothing else waits for them.
 * - `routine`: what the clock asks for.
 */
export const LANES = { awaited: 24, mail: 4, bulk: 1, files: 1, routine: 1 } as const satisfies Record<
  Lane,
  number
>;

export const laneNames = Object.keys(LANES) as Lane[];

const FAILING = sql`select ${columns(JobLane, 'l', 'name', 'pausedUntil')},
    l.failing_since ${as('failingSince', moment())}, l.last_error ${as('lastError', text())}
  from ${JobLane} l where l.failing_since is not null order by l.name`;

/** The lanes whose service is down. Times are epoch milliseconds. */
export const failingLanes = () => rows(FAILING);

const FAILURES = sql`select ${columns(JobLane, 'l', 'failures')} from ${JobLane} l where name = $1`;

const PAUSE = sql`update ${JobLane}
  set failing_since = coalesce(failing_since, $2), failures = $3, paused_until = $4, last_error = $5
  where name = $1 and paused_until <= $2`;

/**
 * The service behind the lane is down: claim no job from it for a while, longer each time. Of several jobs that fail at
 * once the first one counts. Joins the transaction.
 */
export async function pauseLane(lane: Lane, reason: string, now: number): Promise<void> {
  await insertOnce(JobLane, { name: lane });
  const known = await row(FAILURES, [lane]);
  const failures = (known?.failures ?? 0) + 1;
  await rows(PAUSE, [lane, now, failures, now + pauseAfter(failures), reason]);
}

const RESUME = sql`update ${JobLane} set failing_since = null, failures = 0, paused_until = 0, last_error = null
  where name = $1 and failing_since is not null`;

/** The services behind these lanes answer: all their jobs may run. Joins the transaction. */
export async function resumeLanes(lanes: readonly Lane[]): Promise<void> {
  for (const lane of new Set(lanes)) await rows(RESUME, [lane]);
}

const END_PAUSE = sql`update ${JobLane} set paused_until = 0 where name = $1`;

/** Let the next job of a lane try at once whether the service is back. */
export const endLanePause = (lane: Lane): Promise<unknown> => inTransaction(() => rows(END_PAUSE, [lane]));
