import { row, rows } from '../../db/rows.js';
import { as, columns, parameters, sql } from '../../db/sql.js';
import { nullable, text } from '../../db/table.js';
import type { EventName, EventPayloads, RecordedEvent } from '../event-payloads.js';
import { Event, Job } from '../tables.js';

const EVENT = sql`select
    ${columns(Event, 'e', 'id', 'payload', 'actorId', 'organisationId', 'createdAt')},
    e.name ${as('name', text<EventName>())}
  from ${Job} j join ${Event} e on e.id = j.event_id`;

const OF_JOB = sql`${EVENT} where j.id = $1`;
const UNFINISHED = sql`${EVENT} where j.state <> 'done' and j.reaction = $1`;

/**
 * The event of the job in `jobs` as one text, which is read together with what else a statement asks: a list in JSON. Its payload is
 * stored as JSON, and the rest has nothing to escape. Null for a routine.
 */
export const eventOfJob = sql`(select '["' || e.id || '","' || e.name || '",' || e.payload || ','
    || coalesce('"' || e.actor_id || '"', 'null') || ',' || coalesce('"' || e.organisation_id || '"', 'null') || ','
    || e.created_at || ']' from ${Event} e where e.id = jobs.event_id) ${as('event', nullable(text()))}`;

/** The event that the text of `eventOfJob` holds. */
export function eventIn(told: string): RecordedEvent {
  const [id, name, payload, actorId, organisationId, createdAt] = JSON.parse(told) as EventParts;
  return { id, name, payload, actorId, organisationId, createdAt };
}

type EventParts = [
  id: string,
  name: EventName,
  payload: EventPayloads[EventName],
  actorId: string | null,
  organisationId: string | null,
  createdAt: number,
];

/** The event that a job was made from; null for a routine. */
export async function eventOf({ id }: { id: string }): Promise<RecordedEvent | null> {
  const found = await row(OF_JOB, [id]);
  return found && parsed(found);
}

/** The events of a reaction's jobs that are not done: waiting, running, refused or given up. */
export const unfinishedEvents = async (reaction: string): Promise<RecordedEvent[]> =>
  (await rows(UNFINISHED, [reaction])).map(parsed);

/** The events of the jobs of these reactions that failed and have had at least `attempts` attempts. */
export async function failingEvents(reactions: readonly string[], attempts = 1): Promise<RecordedEvent[]> {
  const failing = sql`${EVENT} where j.failure is not null and j.attempts >= $1
    and j.reaction in (${parameters(reactions.length, 2)})`;
  return (await rows(failing, [attempts, ...reactions])).map(parsed);
}

const parsed = (event: Omit<RecordedEvent, 'payload'> & { payload: string }): RecordedEvent => ({
  ...event,
  payload: JSON.parse(event.payload) as EventPayloads[EventName],
});
