import { database } from '../db/connect.js';
import { row, rows } from '../db/rows.js';
import { afterCommit, inTransaction, toHold } from '../db/transaction.js';
import { newId } from '../lib/ids.js';
import type { EventName, EventPayloads, RecordedEvent } from './catalogue.js';

/** A piece of work for the worker: the reaction's name and what it is to be told. */
export interface Job {
  readonly id: string;
  readonly reaction: string;
  readonly payload: string;
  readonly attempts: number;
  readonly fence: number;
}

let wake: () => void = () => undefined;

/** Tell the worker of this process that there may be something to do. */
export const nudge = (): void => wake();

/** The worker says how it wants to be woken; returns how to stop that. */
export function onNudge(listener: () => void): () => void {
  wake = listener;
  return () => {
    if (wake === listener) wake = () => undefined;
  };
}

/**
 * Put a job in the queue once: a second one with the same key changes nothing. What somebody waits for goes before
 * all that nobody does. Joins the transaction.
 */
export async function enqueue(job: {
  reaction: string;
  payload: string;
  dedupeKey: string;
  isAwaited?: boolean;
  now: number;
}): Promise<void> {
  await rows(
    `insert into jobs (id, reaction, payload, dedupe_key, rank, state, run_at, created_at)
     values ($1, $2, $3, $4, $5, 'ready', $6, $6) on conflict (dedupe_key) do nothing`,
    [newId(), job.reaction, job.payload, job.dedupeKey, job.isAwaited ? 0 : 1, job.now],
  );
}

/**
 * Turn events not yet seen into jobs, one for each reaction. `seq` has no gaps and is handed out under a
 * lock, so a cursor misses nothing. Returns how many events were read (at most `batch`).
 */
export function fanOut(
  reactionsOf: (name: EventName) => readonly { readonly name: string; readonly isAwaited?: boolean }[],
  now: number,
  batch = 200,
): Promise<number> {
  return inTransaction(async () => {
    const cursor = await row<{ seq: number }>(
      `select seq from event_cursors where name = 'reactions'${toHold()}`,
    );
    const events = await rows<{ seq: number; name: EventName }>(
      'select seq, name from events where seq > $1 order by seq limit $2',
      [cursor?.seq ?? 0, batch],
    );
    for (const event of events) {
      for (const { name: reaction, isAwaited = false } of reactionsOf(event.name)) {
        const payload = JSON.stringify({ seq: event.seq });
        await enqueue({ reaction, payload, dedupeKey: `${reaction}:${event.seq}`, isAwaited, now });
      }
    }
    const last = events.at(-1);
    if (last) await rows(`update event_cursors set seq = $1 where name = 'reactions'`, [last.seq]);
    return events.length;
  });
}

/** The event that a job was made from. */
export async function eventOf(job: Job): Promise<RecordedEvent | null> {
  const { seq } = JSON.parse(job.payload) as { seq: number };
  const found = await row<Omit<RecordedEvent, 'payload'> & { payload: string }>(
    `select seq, name, payload, actor_id as "actorId", organisation_id as "organisationId", created_at as "createdAt"
     from events where seq = $1`,
    [seq],
  );
  return found && { ...found, payload: JSON.parse(found.payload) as EventPayloads[EventName] };
}

/** A job nobody finished within this time is taken again: its worker died. */
const LEASE = 60_000;

/**
 * Take the next job that is due, or null: first what a dead worker left. The fence tells a late worker that the job is
 * no longer its own. Two questions, each answered from the index: one with `or` would sort the whole queue each time.
 */
export function claim(now: number): Promise<Job | null> {
  const locked = database().dialect === 'postgres' ? ' for update skip locked' : '';
  return inTransaction(() =>
    row<Job>(
      `update jobs set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $2
       where id = coalesce(
         (select id from jobs where state = 'running' and lease_until < $1
          order by run_at, created_at limit 1${locked}),
         (select id from jobs where state = 'ready' and run_at <= $1
          order by rank, run_at, created_at limit 1${locked}))
       returning id, reaction, payload, attempts, fence`,
      [now, now + LEASE],
    ),
  );
}

/**
 * Give back what ran when this program died. Only where it is alone on its database, on SQLite: of several programs
 * on one PostgreSQL another may be at work, and the lease has to run out. A job that was taken again already keeps
 * its lease: should it be what kills the program, the program has a minute in between.
 */
export function freeLeases(): Promise<unknown> {
  if (database().dialect !== 'sqlite') return Promise.resolve();
  return inTransaction(() =>
    rows(`update jobs set state = 'ready', lease_until = null where state = 'running' and attempts = 1`),
  );
}

/** The job is done. */
export function finish(job: Job, now: number): Promise<unknown> {
  return inTransaction(() =>
    rows(
      `update jobs set state = 'done', finished_at = $1, lease_until = null where id = $2 and fence = $3`,
      [now, job.id, job.fence],
    ),
  );
}

/** How often a job is tried before it is left for a person to look at. */
const MOST_ATTEMPTS = 12;

/** The job failed: try again later (2 s, 4 s, … at most an hour), or give up after the last attempt. */
export function postpone(job: Job, problem: string, now: number): Promise<unknown> {
  const wait = Math.min(2 ** job.attempts * 1000, 3_600_000);
  const state = job.attempts >= MOST_ATTEMPTS ? 'failed' : 'ready';
  return inTransaction(() =>
    rows(
      `update jobs set state = $1, run_at = $2, last_error = $3, lease_until = null where id = $4 and fence = $5`,
      [state, now + wait, problem.slice(0, 500), job.id, job.fence],
    ),
  );
}

/** What was given up after its last attempt, of the work that has this name: the news that each job was made from. */
export async function givenUp(reaction: string): Promise<RecordedEvent[]> {
  const failed = await rows<Job>(
    `select id, reaction, payload, attempts, fence from jobs where state = 'failed' and reaction = $1`,
    [reaction],
  );
  return (await Promise.all(failed.map(eventOf))).filter(event => event !== null);
}

/** Try again, from the first attempt, what was given up. */
export function retry(reaction: string, now: number): Promise<void> {
  return inTransaction(async () => {
    await rows(
      `update jobs set state = 'ready', attempts = 0, run_at = $1, last_error = null
       where state = 'failed' and reaction = $2`,
      [now, reaction],
    );
    afterCommit(nudge);
  });
}

/** How long a job that is done is kept, for whoever looks into what happened (ms). Its event stays for good. */
const KEPT = 30 * 86_400_000;

/**
 * Delete jobs that were done long ago; what failed stays until somebody has seen to it. No second job comes of it: the
 * cursor is past their events, and the minutes of routines do not come back.
 */
export const pruneJobs = (now: number): Promise<unknown> =>
  inTransaction(() => rows(`delete from jobs where state = 'done' and finished_at < $1`, [now - KEPT]));
