import type { Param } from '../../db/lanes.js';
import { rows } from '../../db/rows.js';
import { columns, orNull, renamed, sql, type Sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import type { EventName, EventPayloads } from '../event-payloads.js';
import type { FailureKind } from './failures.js';
import type { Lane } from './job-lanes.js';
import { Event, Job } from '../tables.js';

/** The states of a job that is not done, as the list of jobs names them. */
export const JOB_STATES = ['waiting', 'retrying', 'failed', 'given-up'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job that is not done, as people see it. Times are epoch milliseconds; `failure` is null while it has not failed. */
export interface OpenJob extends Readonly<
  Pick<
    Row<typeof Job>,
    'id' | 'reaction' | 'lane' | 'attempts' | 'runAt' | 'createdAt' | 'failure' | 'failingSince' | 'lastError'
  >
> {
  readonly state: JobState;
  readonly isRunning: boolean;
  /** The payload of the event that it reacts to; null for a routine. */
  readonly payload: EventPayloads[EventName] | null;
}

/** Which jobs to list; an empty text narrows nothing, except that jobs that were given up are listed only by their state. */
export interface JobFilter {
  readonly lane: Lane | '';
  readonly state: JobState | '';
}

const OPEN = sql`select
    ${columns(Job, 'j', 'id', 'reaction', 'lane', 'attempts', 'runAt', 'createdAt', 'failure', 'failingSince', 'lastError')},
    ${renamed(Job, 'j', { stored: 'state' })}, ${orNull(renamed(Event, 'e', { event: 'payload' }))}
  from ${Job} j left join ${Event} e on e.id = j.event_id where j.state <> 'done'`;

const ONE = sql`${OPEN} and j.id = $1`;

const CONDITIONS: Readonly<Record<JobState | '', Sql>> = {
  '': sql`j.state <> 'given-up'`,
  waiting: sql`j.state in ('ready', 'running') and j.failure is null`,
  retrying: sql`j.state in ('ready', 'running') and j.failure is not null`,
  failed: sql`j.state = 'failed'`,
  'given-up': sql`j.state = 'given-up'`,
};

const AFTER = sql`and (j.created_at, j.id) < (select created_at, id from ${Job} where id = $3)`;

/** Jobs that are not done, newest first; at most `limit`, and only those after the job `after` when it is given. */
export function openJobs(
  { lane, state }: JobFilter,
  { limit, after }: { limit: number; after: string | null },
): Promise<OpenJob[]> {
  const list = sql`${OPEN} and ${CONDITIONS[state]} and j.lane = coalesce($2, j.lane)
    ${after ? AFTER : sql``} order by j.created_at desc, j.id desc limit $1`;
  return read(list, after ? [limit, lane || null, after] : [limit, lane || null]);
}

/** One job that is not done, or null. */
export const openJob = async (id: string): Promise<OpenJob | null> => (await read(ONE, [id]))[0] ?? null;

async function read(query: typeof OPEN, params: readonly Param[]): Promise<OpenJob[]> {
  return (await rows(query, params)).map(({ stored, event, ...job }) => ({
    ...job,
    state: stateOf(stored, job.failure),
    isRunning: stored === 'running',
    payload: event === null ? null : (JSON.parse(event) as EventPayloads[EventName]),
  }));
}

function stateOf(stored: Row<typeof Job>['state'], failure: FailureKind | null): JobState {
  if (stored === 'failed' || stored === 'given-up') return stored;
  return failure === null ? 'waiting' : 'retrying';
}
