import { row, rows } from '../db/rows.js';
import { as, columns, sql } from '../db/sql.js';
import { text } from '../db/table.js';
import { inTransaction, toHold } from '../db/transaction.js';
import type { EventName } from './event-payloads.js';
import { enqueueReaction, type QueuedReaction } from './enqueue.js';
import { Event, EventCursor, Job } from './tables.js';

const CURSOR = sql`select ${columns(EventCursor, 'c', 'seq')} from ${EventCursor} c where name = 'reactions'`;

const HAS_UNREAD = sql`select 1 as found from ${EventCursor} where name = 'reactions'
  and seq < (select seq from ${Event} order by seq desc limit 1)`;

const UNREAD = sql`select ${columns(Event, 'e', 'seq')}, e.name ${as('name', text<EventName>())}
  from ${Event} e where e.seq > $1 order by e.seq limit $2`;

const MOVE_CURSOR = sql`update ${EventCursor} set seq = $1 where name = 'reactions'`;

/**
 * Turn events that have not been read yet into jobs, one for each reaction. `seq` has no gaps and is assigned under a
 * lock, so the cursor misses nothing. Returns how many events were read, at most `batch`.
 */
export async function fanOut(
  reactionsTo: (name: EventName) => readonly QueuedReaction[],
  now: number,
  batch = 200,
): Promise<number> {
  // Most of the time there is nothing new, and looking must not take a turn from somebody who writes.
  if (!(await row(HAS_UNREAD))) return 0;
  return inTransaction(() => fanOutUnread(reactionsTo, now, batch));
}

async function fanOutUnread(
  reactionsTo: (name: EventName) => readonly QueuedReaction[],
  now: number,
  batch: number,
): Promise<number> {
  const cursor = await row(sql`${CURSOR}${toHold()}`);
  const events = await rows(UNREAD, [cursor?.seq ?? 0, batch]);
  for (const { seq, name } of events) {
    for (const reaction of reactionsTo(name)) await enqueueReaction(reaction, seq, now);
  }
  const last = events.at(-1);
  if (last) await rows(MOVE_CURSOR, [last.seq]);
  return events.length;
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
    await inTransaction(async () => {
      for (const { seq } of missed) await enqueueReaction(reaction, seq, now);
    });
  }
  return found;
}

const missedBy = ({ on, name }: { on: EventName; name: string }, read: number, now: number) =>
  rows(MISSED, [on, read - LOOK_BACK.events, read, now - LOOK_BACK.ms, `${name}:`]);
