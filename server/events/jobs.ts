import type { Param } from '../db/lanes.js';
import { row, rows } from '../db/rows.js';
import { afterCommit, inTransaction } from '../db/transaction.js';
import type { EventName, EventPayloads } from './catalogue.js';
import type { FailureKind } from './failures.js';
import { tryLane, type Lane } from './lanes.js';
import { nudge } from './queue.js';
import { record } from './record.js';

/** How a job that is not done stands, in the words of its list. */
export const JOB_STATES = ['waiting', 'retrying', 'failed', 'given-up'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job that is not done, as people see it. Times are epoch milliseconds. */
export interface OpenJob {
  readonly id: string;
  readonly reaction: string;
  readonly lane: Lane;
  readonly state: JobState;
  readonly isRunning: boolean;
  readonly attempts: number;
  readonly runAt: number;
  readonly createdAt: number;
  /** Null while it has not failed. */
  readonly failure: FailureKind | null;
  readonly failingSince: number | null;
  readonly lastError: string | null;
  /** What the event that it reacts to tells; null for a routine. */
  readonly payload: EventPayloads[EventName] | null;
}

/** The conditions that make the states; without one, all that is open and not given up. */
const CONDITIONS: Record<JobState | '', string> = {
  '': `j.state <> 'given-up'`,
  waiting: `j.state in ('ready', 'running') and j.failure is null`,
  retrying: `j.state in ('ready', 'running') and j.failure is not null`,
  failed: `j.state = 'failed'`,
  'given-up': `j.state = 'given-up'`,
};

/** Which jobs to list. */
export interface JobFilter {
  readonly lane: Lane | '';
  readonly state: JobState | '';
}

/** Jobs that are not done, the newest first; at most `limit`, those that follow the job `after` when given. */
export function openJobs(
  { lane, state }: JobFilter,
  { limit, after }: { limit: number; after: string | null },
): Promise<OpenJob[]> {
  const conditions = [CONDITIONS[state], 'j.lane = coalesce($2, j.lane)'];
  if (after) conditions.push('(j.created_at, j.id) < (select created_at, id from jobs where id = $3)');
  const params = after ? [limit, lane || null, after] : [limit, lane || null];
  return select(`${conditions.join(' and ')} order by j.created_at desc, j.id desc limit $1`, params);
}

/** One job that is not done, or null. */
export const openJob = async (id: string): Promise<OpenJob | null> =>
  (await select('j.id = $1', [id]))[0] ?? null;

async function select(conditions: string, params: readonly Param[]): Promise<OpenJob[]> {
  const found = await rows<Omit<OpenJob, 'state' | 'isRunning' | 'payload'> & Stored>(
    `select j.id, j.reaction, j.lane, j.state as stored, j.attempts, j.run_at as "runAt", j.created_at as "createdAt",
       j.failure, j.failing_since as "failingSince", j.last_error as "lastError", e.payload as news
     from jobs j left join events e on e.seq = j.event_seq where j.state <> 'done' and ${conditions}`,
    params,
  );
  return found.map(({ stored, news, ...job }) => ({
    ...job,
    state: stateOf(stored, job.failure),
    isRunning: stored === 'running',
    payload: news === null ? null : (JSON.parse(news) as EventPayloads[EventName]),
  }));
}

interface Stored {
  readonly stored: 'ready' | 'running' | 'failed' | 'given-up';
  readonly news: string | null;
}

function stateOf(stored: Stored['stored'], failure: FailureKind | null): JobState {
  if (stored === 'failed' || stored === 'given-up') return stored;
  return failure === null ? 'waiting' : 'retrying';
}

/** What an administrator has to know at a glance. */
export interface WorkFigures {
  /** Tried again after a failure, and since when the first of them fails. */
  readonly retrying: number;
  readonly since: number | null;
  /** Refused for good, and not given up. */
  readonly failed: number;
  /** Due for more than ten minutes, and not begun. */
  readonly late: number;
}

/** The work that is in trouble; mail only where `isMail`, everything else where not. Costs what is open, not the history. */
export async function workFigures({ isMail, now }: { isMail: boolean; now: number }): Promise<WorkFigures> {
  const found = await row<Record<keyof WorkFigures, number | null>>(
    `select count(case when state in ('ready', 'running') and failure is not null then 1 end) as retrying,
       min(case when state in ('ready', 'running') then failing_since end) as since,
       count(case when state = 'failed' then 1 end) as failed,
       count(case when state = 'ready' and failure is null and run_at < $1 then 1 end) as late
     from jobs where state <> 'done' and lane ${isMail ? '=' : '<>'} 'mail'`,
    [now - LATE],
  );
  const number = (name: keyof WorkFigures) => Number(found?.[name] ?? 0);
  return {
    retrying: number('retrying'),
    since: found?.since ?? null,
    failed: number('failed'),
    late: number('late'),
  };
}

/** Work that is due for longer has something in its way (ms). */
const LATE = 600_000;

/** How many jobs of a lane are not done and not given up. */
export async function openIn(lane: Lane): Promise<number> {
  const found = await row<{ n: number }>(
    `select count(*) as n from jobs where state in ('ready', 'running') and lane = $1`,
    [lane],
  );
  return Number(found?.n ?? 0);
}

/** Try a job now, whatever became of it before; its lane, too, where that pauses. One that is being done goes on. */
export const tryNow = ({ id, lane }: Pick<OpenJob, 'id' | 'lane'>, now: number): Promise<void> =>
  inTransaction(async () => {
    await rows(
      `update jobs set state = 'ready', run_at = $1, finished_at = null
       where id = $2 and state in ('ready', 'failed', 'given-up')`,
      [now, id],
    );
    await tryLane(lane);
    afterCommit(nudge);
  });

/**
 * Give a job up: it is not tried any more, and stays on record with who said so. Returns whether this call did it; one
 * that is being done just now is not given up.
 */
export const giveUp = (
  { id, reaction }: Pick<OpenJob, 'id' | 'reaction'>,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const [given] = await rows<{ eventSeq: number | null; attempts: number; failure: string | null }>(
      `update jobs set state = 'given-up', finished_at = $1 where id = $2 and state in ('ready', 'failed')
       returning event_seq as "eventSeq", attempts, failure`,
      [now, id],
    );
    if (!given) return false;
    await record('job.given-up', { jobId: id, reaction, ...given }, { actorId, organisationId: null, now });
    return true;
  });
