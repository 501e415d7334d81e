import { row, rows } from '../db/rows.js';
import { as, columns, renamed, sql } from '../db/sql.js';
import { text } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import type { EventName } from './event-payloads.js';
import { enqueueAll, jobOf, type NewJob, type QueuedReaction } from './enqueue.js';
import { Event, EventCursor, Job } from './tables.js';

const CURSOR = sql`select ${columns(EventCursor, 'c', 'seq')} from ${EventCursor} c where name = 'reactions'`;

const UNREAD = sql`select ${renamed(EventCursor, 'c', { read: 'seq' })}, ${columns(Event, 'e', 'seq')},
    e.name ${as('name', text<EventName>())}
  from ${EventCursor} c join ${Event} e on e.seq > c.seq where c.name = 'reactions' order by e.seq limit $1`;

const MOVE_CURSOR = sql`update ${EventCursor} set seq = $1 where name = 'reactions' and seq = $2
  returning ${columns(EventCursor, 'event_cursors', 'seq')}`;

/** What there is to react to, by the name of an event. */
export type ReactionsTo = (name: EventName) => readonly QueuedReaction[];

/** The first events that have not been turned into jobs. */
export interface News {
  /** The last event before them. */
  readonly read: number;
  readonly events: readonly { readonly seq: number; readonly name: EventName }[];
  /** There may be more. */
  readonly isFull: boolean;
}

/** Read what has not been turned into jobs yet, at most `batch` events. */
export async function unreadNews(batch = 200): Promise<News> {
  const events = await rows(UNREAD, [batch]);
  return { read: events[0]?.read ?? 0, events, isFull: events.length === batch };
}

/**
 * Turn events into jobs, one for each reaction. `seq` has no gaps and is assigned under a lock, so the cursor misses
 * nothing. Returns the jobs, or null where another worker was faster and nothing was done. Joins the transaction.
 */
export async function fanOut(
  { read, events }: News,
  reactionsTo: ReactionsTo,
  now: number,
): Promise<NewJob[] | null> {
  const last = events.at(-1);
  if (!last || !(await row(MOVE_CURSOR, [last.seq, read]))) return null;
  const jobs = events.flatMap(({ seq, name }) => reactionsTo(name).map(reaction => jobOf(reaction, seq)));
  await enqueueAll(jobs, now);
  return jobs;
}

/** How far back `fanOutMissed` looks: this many events, and this long (ms). Done jobs are kept for longer. */
const LOOK_BACK = { events: 20_000, ms: 7 * 86_400_000 };

/** $1: the event's name; $2 and $3: after which `seq`, and up to which; $4: after when (ms); $5: how job keys begin. */
const MISSED = sql`select ${columns(Event, 'e', 'seq')} from ${Event} e
  where e.name = $1 and e.seq > $2 and e.seq <= $3 and e.created_at > $4
    and not exists (select 1 from ${Job} j where j.dedupe_key = $5 || cast(e.seq as varchar(20)))
  order by e.seq`;

/**
 * Enqueue the jobs of recent events that a reaction has no job for: an older version of the program, which did not know
 * the reaction, may have read the event, or a row was lost. Costs the same however long the history is. Returns how many
 * there were.
 */
export async function fanOutMissed(
  reactions: readonly (QueuedReaction & { readonly on: EventName })[],
  now: number,
): Promise<number> {
  const read = (await row(CURSOR))?.seq ?? 0;
  let found = 0;
  for (const reaction of reactions) {
    const missed = await missedBy(reaction, read, now);
    found += missed.length;
    if (missed.length === 0) continue;
    await inTransaction(() =>
      enqueueAll(
        missed.map(({ seq }) => jobOf(reaction, seq)),
        now,
      ),
    );
  }
  return found;
}

const missedBy = ({ on, name }: { on: EventName; name: string }, read: number, now: number) =>
  rows(MISSED, [on, read - LOOK_BACK.events, read, now - LOOK_BACK.ms, `${name}:`]);
