import { database } from '../db/connect.js';
import { row, rows } from '../db/rows.js';
import { as, columns, sql, unionAll, type Sql } from '../db/sql.js';
import { flag, integer, moment, nullable, text, type Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import type { RecordedEvent } from './event-payloads.js';
import { pauseAfter, waitAfter, type Failure } from './failures.js';
import { eventIn, eventOfJob } from './job-events.js';
import { laneNames, LANES, pauseLane, resumeLanes, type Lane } from './job-lanes.js';
import { Job, JobLane } from './tables.js';

/** A job that this worker holds, and the event that it was made from; a routine has none. `attempts` counts this attempt. */
export type ClaimedJob = Readonly<
  Pick<Row<typeof Job>, 'id' | 'reaction' | 'lane' | 'runAt' | 'attempts' | 'fence'>
> & { readonly event: RecordedEvent | null };

/**
 * How long a job is leased for (ms). A worker renews the leases of the jobs it is running; when a lease runs out, its
 * worker is dead, and another one claims the job.
 */
export const LEASE = 60_000;

/**
 * The jobs of a lane that are due at the time $1 (ms): what a dead worker left, then what somebody is waiting for, then the rest.
 * Three queries, each answered from the index; a single one with `or` would sort the whole queue each time.
 */
const dueJobs = (lane: Sql): readonly Sql[] => [
  sql`${Job} where state = 'running' and lane = ${lane} and lease_until < $1 order by rank, run_at, created_at`,
  sql`${Job} where state = 'ready' and lane = ${lane} and rank = 0 and run_at <= $1 order by run_at, created_at`,
  sql`${Job} where state = 'ready' and lane = ${lane} and rank = 1 and run_at <= $1 order by run_at, created_at`,
];

/** The first of them. */
const first = (lane: Sql, locked: Sql): Sql => {
  const [left, awaited, others] = dueJobs(lane).map(jobs => sql`(select id from ${jobs} limit 1${locked})`);
  return sql`coalesce(${left ?? sql``}, ${awaited ?? sql``}, ${others ?? sql``})`;
};

/** Nothing is claimed from a paused lane; while its service is down, one job at a time tries whether it is back. */
const isOpen = (lane: Sql): Sql => sql`not exists (select 1 from ${JobLane} l where l.name = ${lane}
  and (l.paused_until > $1 or l.failing_since is not null
  and exists (select 1 from ${Job} r where r.state = 'running' and r.lane = ${lane} and r.lease_until >= $1)))`;

/** No worker has room for more jobs of a lane. */
const MOST = Math.max(...Object.values(LANES));

/** What is due in a lane, as far as one worker has room for it; in a lane that is not open, nothing. */
export interface DueJobs {
  /** How many jobs a dead worker left, or somebody is waiting for. */
  readonly urgent: number;
  readonly others: number;
  /** When the first of them all, and the first of the others, became due (ms); null where there is none. */
  readonly since: number | null;
  readonly othersSince: number | null;
  /** The service that the lane depends on is down. */
  readonly isFailing: boolean;
}

const NOTHING: DueJobs = { urgent: 0, others: 0, since: null, othersSince: null, isFailing: false };

const dueIn = (lane: Sql) => {
  const [left, awaited, others] = dueJobs(lane).map(jobs => sql`(select run_at from ${jobs} limit ${MOST})`);
  return sql`select cast(${lane} as varchar(10)) ${as('lane', text<Lane>())},
      sum(d.urgent) ${as('urgent', integer())}, sum(1 - d.urgent) ${as('others', integer())},
      min(d.run_at) ${as('since', nullable(moment()))},
      min(case when d.urgent = 0 then d.run_at end) ${as('othersSince', nullable(moment()))},
      exists (select 1 from ${JobLane} where name = ${lane} and failing_since is not null) ${as('isFailing', flag())}
    from (select 1 as urgent, run_at from ${left ?? sql``} l
      union all select 1, run_at from ${awaited ?? sql``} a
      union all select 0, run_at from ${others ?? sql``} o) d
    where ${isOpen(lane)}`;
};

/** What is due in each lane. $1: now (ms); from $2 on: all lanes. */
export const DUE = unionAll(laneNames.map((_, at) => dueIn(sql`$${at + 2}`)));

/** What is due at `now` (ms): read without a transaction. Usually nothing is, and no writer has to wait. */
export async function whatIsDue(now: number): Promise<(lane: Lane) => DueJobs> {
  const found = await rows(DUE, [now, ...laneNames]);
  const due = new Map(
    found.map(({ lane, urgent, others, isFailing, ...when }) => [
      lane,
      // Over no rows, SQL sums up to null.
      { ...when, urgent: Number(urgent), others: Number(others), isFailing: Boolean(isFailing) },
    ]),
  );
  return lane => due.get(lane) ?? NOTHING;
}

/** Claims a job. $1: now (ms); $2: the lane; $3: until when the lease lasts. */
const claiming = (locked: Sql) => sql`update ${Job} set state = 'running', attempts = attempts + 1,
    fence = fence + 1, lease_until = $3
  where id = ${first(sql`$2`, locked)} and ${isOpen(sql`$2`)}
  returning ${columns(Job, 'jobs', 'id', 'reaction', 'lane', 'runAt', 'attempts', 'fence')}, ${eventOfJob}`;

const CLAIM = { sqlite: claiming(sql``), postgres: claiming(sql` for update skip locked`) };

/** The statement that claims a job, for the open database. */
export const claimStatement = () => CLAIM[database().dialect];

/**
 * Claim the next due job of a lane, or null: one that a dead worker left comes first. The fence keeps a worker that comes
 * late from writing to a job that is no longer its own.
 */
export async function claim(lane: Lane, now: number): Promise<ClaimedJob | null> {
  const claimed = await inTransaction(() => row(claimStatement(), [now, lane, now + LEASE]));
  return claimed && { ...claimed, event: claimed.event === null ? null : eventIn(claimed.event) };
}

const RENEW = sql`update ${Job} set lease_until = $1 where id = $2 and fence = $3`;

/** Renew the lease of a running job. */
export const renewLease = ({ id, fence }: ClaimedJob, now: number): Promise<unknown> =>
  inTransaction(() => rows(RENEW, [now + LEASE, id, fence]));

const FREE = sql`update ${Job} set state = 'ready', lease_until = null where state = 'running' and attempts = 1`;

/**
 * Release the jobs that were running when this program died. On SQLite alone, where no other program is at work: on
 * PostgreSQL another worker may be running them, so their leases have to run out. A job that had been claimed more than
 * once keeps its lease: should it be what kills the program, a minute passes between two deaths.
 */
export function freeLeases(): Promise<unknown> {
  if (database().dialect !== 'sqlite') return Promise.resolve();
  return inTransaction(() => rows(FREE));
}

const FINISH = sql`update ${Job} set state = 'done', finished_at = $1, lease_until = null, failure = null,
    failing_since = null where id = $2 and fence = $3`;

/** The jobs are done, and so the services that their lanes depend on answer, whichever of them were failing. */
export const finishJobs = (
  jobs: readonly ClaimedJob[],
  now: number,
  isFailing: (lane: Lane) => boolean,
): Promise<void> =>
  inTransaction(async () => {
    for (const { id, fence } of jobs) await rows(FINISH, [now, id, fence]);
    await resumeLanes(jobs.map(({ lane }) => lane).filter(isFailing));
  });

const FAIL = sql`update ${Job} set state = $1, run_at = $2, failure = $3, last_error = $4,
    failing_since = coalesce(failing_since, $5), lease_until = null where id = $6 and fence = $7 returning id`;

/**
 * The job failed. It is retried after longer and longer waits, but without end, since somebody may be waiting for it; only
 * what was refused for good is not retried. Where a service is down, its whole lane pauses.
 */
export const fail = (job: ClaimedJob, { kind, reason }: Failure, now: number): Promise<void> =>
  inTransaction(async () => {
    const wait = kind === 'away' ? pauseAfter(job.attempts) : waitAfter(job.attempts);
    const state = kind === 'refused' ? 'failed' : 'ready';
    const own = await row(FAIL, [state, now + wait, kind, reason, now, job.id, job.fence]);
    if (own && kind === 'away') await pauseLane(job.lane, reason, now);
    if (own && kind === 'refused') await resumeLanes([job.lane]);
  });

const PUT_OFF = sql`update ${Job} set state = 'ready', run_at = $1, attempts = attempts - 1, lease_until = null
  where id = $2 and fence = $3`;

/** The job waits a moment, as if it had not been claimed. */
export const putOff = ({ id, fence }: ClaimedJob, now: number): Promise<unknown> =>
  inTransaction(() => rows(PUT_OFF, [now + waitAfter(1), id, fence]));
