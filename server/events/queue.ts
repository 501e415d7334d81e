import { database } from '../db/connect.js';
import type { Param } from '../db/lanes.js';
import { row, rows } from '../db/rows.js';
import { afterCommit, inTransaction, toHold } from '../db/transaction.js';
import { newId } from '../lib/ids.js';
import type { EventName, EventPayloads, RecordedEvent } from './catalogue.js';
import { pauseAfter, waitAfter, type Failure } from './failures.js';
import { openLane, pauseLane, type Lane } from './lanes.js';

/** A piece of work for the worker: the name of the reaction or routine, and the event that it reacts to. */
export interface Job {
  readonly id: string;
  readonly reaction: string;
  /** Null for what the clock asked for. */
  readonly eventSeq: number | null;
  readonly lane: Lane;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  readonly fence: number;
}

/** A reaction, as much as the queue has to know of it. */
export interface Queued {
  readonly name: string;
  readonly lane: Lane;
  /** Somebody waits for it: it goes before all else in its lane. */
  readonly isAwaited?: boolean;
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
 * everything else in its lane. Joins the transaction.
 */
export async function enqueue(job: {
  reaction: string;
  eventSeq?: number;
  lane: Lane;
  dedupeKey: string;
  isAwaited?: boolean;
  now: number;
}): Promise<void> {
  await rows(
    `insert into jobs (id, reaction, event_seq, lane, rank, dedupe_key, state, run_at, created_at)
     values ($1, $2, $3, $4, $5, $6, 'ready', $7, $7) on conflict (dedupe_key) do nothing`,
    [newId(), job.reaction, job.eventSeq ?? null, job.lane, job.isAwaited ? 0 : 1, job.dedupeKey, job.now],
  );
}

/** The one job of a reaction to an event. */
const enqueueReaction = ({ name, lane, isAwaited = false }: Queued, eventSeq: number, now: number) =>
  enqueue({ reaction: name, eventSeq, lane, isAwaited, dedupeKey: `${name}:${eventSeq}`, now });

/**
 * Turn events not yet seen into jobs, one for each reaction. `seq` has no gaps and is handed out under a
 * lock, so a cursor misses nothing. Returns how many events were read (at most `batch`).
 */
export async function fanOut(
  reactionsOf: (name: EventName) => readonly Queued[],
  now: number,
  batch = 200,
): Promise<number> {
  // Most of the time there is nothing new, and asking must not take the turn of somebody who writes.
  return (await hasNews()) ? inTransaction(() => fanOutNews(reactionsOf, now, batch)) : 0;
}

const hasNews = async (): Promise<boolean> =>
  (await row(
    `select 1 as found from event_cursors where name = 'reactions'
       and seq < (select seq from events order by seq desc limit 1)`,
  )) !== null;

async function fanOutNews(
  reactionsOf: (name: EventName) => readonly Queued[],
  now: number,
  batch: number,
): Promise<number> {
  const cursor = await row<{ seq: number }>(
    `select seq from event_cursors where name = 'reactions'${toHold().text}`,
  );
  const events = await rows<{ seq: number; name: EventName }>(
    'select seq, name from events where seq > $1 order by seq limit $2',
    [cursor?.seq ?? 0, batch],
  );
  for (const { seq, name } of events) {
    for (const reaction of reactionsOf(name)) await enqueueReaction(reaction, seq, now);
  }
  const last = events.at(-1);
  if (last) await rows(`update event_cursors set seq = $1 where name = 'reactions'`, [last.seq]);
  return events.length;
}

/** How far `fanOutMissed` looks back: so many events, and no longer than so many milliseconds. Done jobs are kept longer. */
const LOOK_BACK = { events: 20_000, ms: 7 * 86_400_000 };

/**
 * Find recent events that a reaction has no job for, and put the job in the queue: an older program, which did not know
 * the reaction, may have read the event, or a row was lost. Costs the same however long the history is. Returns how
 * many there were.
 */
export async function fanOutMissed(
  reactions: readonly (Queued & { readonly on: EventName })[],
  now: number,
): Promise<number> {
  const cursor = await row<{ seq: number }>(`select seq from event_cursors where name = 'reactions'`);
  const seen = cursor?.seq ?? 0;
  let found = 0;
  for (const reaction of reactions) {
    const missed = await rows<{ seq: number }>(
      `select e.seq from events e where e.name = $1 and e.seq > $2 and e.seq <= $3 and e.created_at > $4
         and not exists (select 1 from jobs j where j.dedupe_key = $5 || cast(e.seq as varchar(20)))
       order by e.seq`,
      [reaction.on, seen - LOOK_BACK.events, seen, now - LOOK_BACK.ms, `${reaction.name}:`],
    );
    found += missed.length;
    await inTransaction(async () => {
      for (const { seq } of missed) await enqueueReaction(reaction, seq, now);
    });
  }
  return found;
}

/** The event that a job was made from; null for a routine. */
export const eventOf = async ({ id }: Pick<Job, 'id'>): Promise<RecordedEvent | null> =>
  (await newsOf('j.id = $1', [id]))[0] ?? null;

async function newsOf(condition: string, params: readonly Param[]): Promise<RecordedEvent[]> {
  const found = await rows<Omit<RecordedEvent, 'payload'> & { payload: string }>(
    `select e.seq, e.name, e.payload, e.actor_id as "actorId", e.organisation_id as "organisationId",
       e.created_at as "createdAt"
     from jobs j join events e on e.seq = j.event_seq where ${condition}`,
    params,
  );
  return found.map(event => ({
    ...event,
    payload: JSON.parse(event.payload) as EventPayloads[EventName],
  }));
}

/** A job whose lease ran out is taken again: its worker died. The worker renews the lease of what it still does (ms). */
export const LEASE = 60_000;

/**
 * What stands first in lane $2 at the time $1: what a dead worker left, what somebody waits for, anything else. Three
 * questions, each answered from the index; one with `or` would sort the whole queue each time.
 */
const first = (locked: string): string =>
  `coalesce(
    (select id from jobs where state = 'running' and lane = $2 and lease_until < $1
     order by rank, run_at, created_at limit 1${locked}),
    (select id from jobs where state = 'ready' and lane = $2 and rank = 0 and run_at <= $1
     order by run_at, created_at limit 1${locked}),
    (select id from jobs where state = 'ready' and lane = $2 and rank = 1 and run_at <= $1
     order by run_at, created_at limit 1${locked}))`;

/** Nothing is taken from a lane that pauses; while its service is away, one job at a time tries whether it is back. */
const IS_OPEN = `not exists (select 1 from job_lanes l where l.name = $2 and (l.paused_until > $1 or l.failing_since is not null
  and exists (select 1 from jobs r where r.state = 'running' and r.lane = $2 and r.lease_until >= $1)))`;

/** Asked first, without a transaction: most of the time nothing is due, and asking must not take a writer's turn. */
export const LOOK = `select 1 as found where ${IS_OPEN} and ${first('')} is not null`;

/** The statement that takes a job, for this database. $3: until when the lease lasts. */
export const takeStatement = (): string =>
  `update jobs set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $3
   where id = ${first(database().dialect === 'postgres' ? ' for update skip locked' : '')} and ${IS_OPEN}
   returning id, reaction, event_seq as "eventSeq", lane, attempts, fence`;

/**
 * Take the next job of a lane that is due, or null: first what a dead worker left. The fence tells a late worker that
 * the job is no longer its own.
 */
export async function claim(lane: Lane, now: number): Promise<Job | null> {
  if (!(await row(LOOK, [now, lane]))) return null;
  return inTransaction(() => row<Job>(takeStatement(), [now, lane, now + LEASE]));
}

/** The job is still being done: nobody else takes it for another lease. */
export const renew = (job: Job, now: number): Promise<unknown> =>
  inTransaction(() =>
    rows('update jobs set lease_until = $1 where id = $2 and fence = $3', [now + LEASE, job.id, job.fence]),
  );

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

/** The job is done, and the service that its lane depends on answers. */
export const finish = (job: Job, now: number): Promise<unknown> =>
  inTransaction(async () => {
    await rows(
      `update jobs set state = 'done', finished_at = $1, lease_until = null, failure = null, failing_since = null
       where id = $2 and fence = $3`,
      [now, job.id, job.fence],
    );
    await openLane(job.lane);
  });

/**
 * The job failed. It is tried again, after longer and longer waits but without end: somebody may be waiting for it. Only
 * what was refused for good is not. Where a service is away, its whole lane pauses.
 */
export const fail = (job: Job, { kind, reason }: Failure, now: number): Promise<void> =>
  inTransaction(async () => {
    const wait = kind === 'away' ? pauseAfter(job.attempts) : waitAfter(job.attempts);
    const [own] = await rows(
      `update jobs set state = $1, run_at = $2, failure = $3, last_error = $4, failing_since = coalesce(failing_since, $5),
         lease_until = null where id = $6 and fence = $7 returning id`,
      [kind === 'refused' ? 'failed' : 'ready', now + wait, kind, reason, now, job.id, job.fence],
    );
    if (own && kind === 'away') await pauseLane(job.lane, reason, now);
    if (own && kind === 'refused') await openLane(job.lane);
  });

/** The news of the jobs of a reaction that are not done: they wait, are at work, were refused, or were given up. */
export const newsOpen = (reaction: string): Promise<RecordedEvent[]> =>
  newsOf(`j.state <> 'done' and j.reaction = $1`, [reaction]);

/** The same, of jobs that have failed and were tried at least `tries` times. */
export const newsFailing = (reaction: string, tries = 1): Promise<RecordedEvent[]> =>
  newsOf('j.failure is not null and j.reaction = $1 and j.attempts >= $2', [reaction, tries]);

/** Try again at once what has failed of the work that has this name. */
export function retryAll(reaction: string, now: number): Promise<void> {
  return inTransaction(async () => {
    await rows(
      `update jobs set state = 'ready', run_at = $1
       where failure is not null and reaction = $2 and state in ('ready', 'failed', 'given-up')`,
      [now, reaction],
    );
    afterCommit(nudge);
  });
}

/** How long a job that is done is kept, for whoever looks into what happened (ms). Its event stays for good. */
const KEPT = 30 * 86_400_000;

/**
 * Delete jobs that were done long ago; what failed stays, and so does what somebody gave up, which must not be asked for
 * again. No second job comes of it: the cursor is past their events, and the numbers of a routine's runs do not come back.
 */
export const pruneJobs = (now: number): Promise<unknown> =>
  inTransaction(() => rows(`delete from jobs where state = 'done' and finished_at < $1`, [now - KEPT]));
