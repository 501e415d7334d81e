import { database } from '../../db/connect.js';
import { row, rows } from '../../db/rows.js';
import { anyOf, as, columns, parameters, sql, unionAll, type Sql } from '../../db/sql.js';
import { flag, integer, moment, nullable, text, type Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { datedReactions } from '../choreography.js';
import type { RecordedEvent } from '../event-payloads.js';
import { pauseAfter, waitAfter, type Failure } from './failures.js';
import { eventIn, eventOfJob } from './job-events.js';
import { laneNames, LANES, pauseLane, resumeLanes, type Lane } from './job-lanes.js';
import { Job, JobLane } from '../tables.js';

/** A job that this worker holds, and the event that it was made from; a routine has none. `attempts` counts this attempt. */
export type ClaimedJob = Readonly<
  Pick<Row<typeof Job>, 'id' | 'reaction' | 'lane' | 'runAt' | 'attempts' | 'fence'>
> & { readonly event: RecordedEvent | null };

/**
 * How long a job is leased for (ms). A worker renews the leases of the jobs it is running; when a lease runs out, its
 * worker is dead, and another one claims the job.
 */
export const LEASE = 60_000;

const ANY = sql``;

/** While the clock is in doubt: nothing dated, and nothing that the clock asks for. Its names are the parameters from the given one on. */
const undated = (first: number): Sql =>
  sql` and event_id is not null and reaction not in (${parameters(datedReactions().length, first)})`;

/**
 * The jobs of a lane that are due at the time $1 (ms): what a dead worker left, then what somebody is waiting for, then the rest.
 * Three queries, each answered from the index; a single one with `or` would sort the whole queue each time.
 */
const dueJobs = (lane: Sql, kind: Sql): readonly Sql[] => [
  sql`${Job} where state = 'running' and lane = ${lane} and lease_until < $1${kind} order by rank, run_at, created_at`,
  sql`${Job} where state = 'ready' and lane = ${lane} and rank = 0 and run_at <= $1${kind} order by run_at, created_at`,
  sql`${Job} where state = 'ready' and lane = ${lane} and rank = 1 and run_at <= $1${kind} order by run_at, created_at`,
];

/** Nothing is claimed from a paused lane; while its service is down, one job at a time tries whether it is back. */
const isOpen = (lane: Sql): Sql => sql`not exists (select 1 from ${JobLane} l where l.name = ${lane}
  and (l.paused_until > $1 or l.failing_since is not null
  and exists (select 1 from ${Job} r where r.state = 'running' and r.lane = ${lane} and r.lease_until >= $1)))`;

/** No worker has room for more jobs of a lane: more than these are not looked for. */
export const MOST_DUE = Math.max(...Object.values(LANES));

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

const dueIn = (lane: Sql, kind: Sql) => {
  const [left, awaited, others] = dueJobs(lane, kind).map(
    jobs => sql`(select run_at from ${jobs} limit ${MOST_DUE})`,
  );
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

const dueOf = (kind: Sql) => unionAll(laneNames.map((_, at) => dueIn(sql`$${at + 2}`, kind)));

/** What is due in each lane. $1: now (ms); from $2 on: all lanes. */
export const DUE = dueOf(ANY);
/** The same, of what carries no date; from the last parameters on: what does. */
export const dueUndated = () => dueOf(undated(laneNames.length + 2));

/**
 * What is due at `now` (ms), or only what is not dated: read without a transaction. Usually nothing is, and no writer has to wait.
 */
export async function whatIsDue(now: number, isHeld: boolean): Promise<(lane: Lane) => DueJobs> {
  const found = isHeld
    ? await rows(dueUndated(), [now, ...laneNames, ...datedReactions()])
    : await rows(DUE, [now, ...laneNames]);
  const due = new Map(
    found.map(({ lane, urgent, others, isFailing, ...when }) => [
      lane,
      // Over no rows, SQL sums up to null.
      { ...when, urgent: Number(urgent), others: Number(others), isFailing: Boolean(isFailing) },
    ]),
  );
  return lane => due.get(lane) ?? NOTHING;
}

/** How many jobs of a lane to claim. */
export interface Wanted {
  readonly lane: Lane;
  readonly most: number;
}

/** The ids of the first due jobs of a lane that is open. */
const firstIn = ({ lane, most, locked, kind }: Record<'lane' | 'most' | 'locked' | 'kind', Sql>): Sql => {
  const parts = dueJobs(lane, kind).map(
    jobs => sql`select id from (select id from ${jobs} limit ${most}${locked}) d`,
  );
  return sql`select id from (${unionAll(parts)}) l where ${isOpen(lane)} limit ${most}`;
};

/** $1: now (ms); $2: until when the lease lasts; then of each lane its name, and how many of its jobs. */
const claiming = (ids: Sql): Sql<Omit<ClaimedJob, 'event'> & { event: string | null }> =>
  sql`update ${Job} set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $2
  where id ${ids}
  returning ${columns(Job, 'jobs', 'id', 'reaction', 'lane', 'runAt', 'attempts', 'fence')}, ${eventOfJob}`;

const firstInLanes = (lanes: number, { locked, kind }: Record<'locked' | 'kind', Sql>): Sql =>
  unionAll(
    Array.from({ length: lanes }, (_, at) => {
      const [lane, most] = [sql`$${2 * at + 3}`, sql`$${2 * at + 4}`];
      const first = firstIn({ lane, most, locked, kind });
      return sql`select id from (${first}) f`;
    }),
  );

/** As an array, PostgreSQL chooses (and locks) the jobs once, whatever its plan. */
const CLAIM = {
  sqlite: (lanes: number, kind: Sql) => claiming(sql`in (${firstInLanes(lanes, { locked: sql``, kind })})`),
  postgres: (lanes: number, kind: Sql) =>
    claiming(sql`= any (array(${firstInLanes(lanes, { locked: sql` for update skip locked`, kind })}))`),
};

/** The statement that claims jobs of so many lanes, for the open database. */
export const claimStatement = (lanes: number, isHeld = false) =>
  CLAIM[database().dialect](lanes, isHeld ? undated(2 * lanes + 3) : ANY);

/**
 * Claim the next due jobs of these lanes, or of those that are not dated, with one statement: those that a dead worker left come first. The fence keeps a worker
 * that comes late from writing to a job that is no longer its own.
 */
export async function claim(wanted: readonly Wanted[], now: number, isHeld = false): Promise<ClaimedJob[]> {
  if (wanted.length === 0) return [];
  const lanes = wanted.flatMap(({ lane, most }) => [lane, most]);
  const params = [now, now + LEASE, ...lanes, ...(isHeld ? datedReactions() : [])];
  const claimed = await inTransaction(() => rows(claimStatement(wanted.length, isHeld), params));
  return claimed.map(job => ({ ...job, event: job.event === null ? null : eventIn(job.event) }));
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

/** $1: now (ms); then of each job its id and its fence. */
const finishing = (jobs: number): Sql => {
  const each = Array.from({ length: jobs }, (_, at) => sql`(id = $${2 * at + 2} and fence = $${2 * at + 3})`);
  return sql`update ${Job} set state = 'done', finished_at = $1, lease_until = null, failure = null,
    failing_since = null where ${anyOf(each)}`;
};

/** The jobs are done, and so the services that their lanes depend on answer, whichever of them were failing. */
export const finishJobs = (
  jobs: readonly ClaimedJob[],
  now: number,
  isFailing: (lane: Lane) => boolean,
): Promise<void> =>
  inTransaction(async () => {
    await rows(finishing(jobs.length), [now, ...jobs.flatMap(({ id, fence }) => [id, fence])]);
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
