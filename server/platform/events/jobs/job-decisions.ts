import { row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { afterCommit, inTransaction } from '../../db/transaction.js';
import { endLanePause } from './job-lanes.js';
import { nudge } from './nudge.js';
import type { OpenJob } from './open-jobs.js';
import { record } from '../record.js';
import { Job } from '../tables.js';

const RETRY = sql`update ${Job} set state = 'ready', run_at = $1, finished_at = null
  where id = $2 and state in ('ready', 'failed', 'given-up')`;

/** Retry a job now, whatever became of it before, and end the pause of its lane. A job that is running goes on. */
export const retryNow = ({ id, lane }: Pick<OpenJob, 'id' | 'lane'>, now: number): Promise<void> =>
  inTransaction(async () => {
    await rows(RETRY, [now, id]);
    await endLanePause(lane);
    afterCommit(() => nudge());
  });

const RETRY_ALL = sql`update ${Job} set state = 'ready', run_at = $1
  where failure is not null and reaction = $2 and state in ('ready', 'failed', 'given-up')`;

/** Retry at once every failed job of this reaction. */
export const retryAll = (reaction: string, now: number): Promise<void> =>
  inTransaction(async () => {
    await rows(RETRY_ALL, [now, reaction]);
    afterCommit(() => nudge());
  });

const GIVE_UP = sql`update ${Job} set state = 'given-up', finished_at = $1
  where id = $2 and state in ('ready', 'failed') returning ${columns(Job, 'jobs', 'eventId', 'attempts', 'failure')}`;

/**
 * Give up a job: it is not retried any more, and the log keeps who decided so. Returns whether this call did it; a job
 * that is running is not given up.
 */
export const giveUp = (
  { id, reaction }: Pick<OpenJob, 'id' | 'reaction'>,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const given = await row(GIVE_UP, [now, id]);
    if (!given) return false;
    await record('job.given-up', { jobId: id, reaction, ...given }, { actorId, organisationId: null, now });
    return true;
  });

/** How long a done job is kept, for whoever looks into what happened (ms). Its event is kept for good. */
const KEPT = 30 * 86_400_000;

const PRUNE = sql`delete from ${Job} where state = 'done' and finished_at < $1`;

/**
 * Delete jobs that were done long ago. Failed jobs stay, and so do those that were given up, which must not be enqueued
 * again. Deleting makes no second job: an event's jobs are made once, with it, and a routine's runs are never numbered twice.
 */
export const pruneJobs = (now: number): Promise<unknown> => inTransaction(() => rows(PRUNE, [now - KEPT]));
