import { rows } from '../db/rows.js';
import { as, columns, parameters, sql } from '../db/sql.js';
import { text } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { eventsWithReactions, reactionsTo } from './choreography.js';
import { enqueueAll, jobOf, type NewJob } from './jobs/enqueue.js';
import type { EventName } from './event-payloads.js';
import { Event, Job } from './tables.js';

/** How far back `enqueueMissed` looks: this many events, and this long (ms). Done jobs are kept for longer. */
const LOOK_BACK = { events: 20_000, ms: 7 * 86_400_000 };

/** How many jobs one statement looks for. */
const BATCH = 500;

/** $1: after when (ms); from $2 on: the names of events. */
const recentOf = (
  names: number,
) => sql`select ${columns(Event, 'e', 'id')}, e.name ${as('name', text<EventName>())} from ${Event} e
  where e.created_at > $1 and e.name in (${parameters(names, 2)})
  order by e.created_at desc limit ${LOOK_BACK.events}`;

/**
 * Enqueue the jobs of recent events that a reaction has no job for: an older version of the program, which did not know the
 * reaction, may have recorded the event, or a row was lost. Costs the same however long the history is. Returns how many
 * there were.
 */
export async function enqueueMissed(now: number): Promise<number> {
  const names = eventsWithReactions();
  const recent = await rows(recentOf(names.length), [now - LOOK_BACK.ms, ...names]);
  const wanted = recent.flatMap(({ id, name }) =>
    reactionsTo(name).map(reaction => jobOf(reaction, { eventId: id, now })),
  );
  let found = 0;
  for (let at = 0; at < wanted.length; at += BATCH) {
    const missed = await unqueued(wanted.slice(at, at + BATCH));
    if (missed.length > 0) await inTransaction(() => enqueueAll(missed));
    found += missed.length;
  }
  return found;
}

async function unqueued(wanted: readonly NewJob[]): Promise<NewJob[]> {
  const keys = wanted.map(({ dedupeKey }) => dedupeKey);
  const queued = await rows(
    sql`select ${columns(Job, 'j', 'dedupeKey')} from ${Job} j where dedupe_key in (${parameters(keys.length)})`,
    keys,
  );
  const known = new Set(queued.map(({ dedupeKey }) => dedupeKey));
  return wanted.filter(({ dedupeKey }) => !known.has(dedupeKey));
}
