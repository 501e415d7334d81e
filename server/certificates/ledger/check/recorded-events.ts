import { columns, sql } from '../../../db/sql.js';
import type { Row } from '../../../db/table.js';
import type { EventName, EventPayloads, RestoreNoticed } from '../../../events/event-payloads.js';
import { eventHash } from '../../../events/record.js';
import { Event } from '../../../events/tables.js';
import { canonicalJson, type Json } from '../../../lib/canonical-json.js';
import { inBatches } from './certificate-batches.js';

/** A row of the audit log. */
type EventRow = Omit<Row<typeof Event>, 'id'>;

const EVENTS = sql`select ${columns(
  Event,
  'e',
  'seq',
  'name',
  'payload',
  'actorId',
  'organisationId',
  'createdAt',
  'previousHash',
  'hash',
)} from ${Event} e`;

const EVERY_EVENT = sql`${EVENTS} where seq > $1 order by seq limit $2`;
const EVENTS_NAMED = sql`${EVENTS} where seq > $1 and name = $3 order by seq limit $2`;

/** The rows of the audit log, in order. */
export const eventRows = (): AsyncGenerator<EventRow> => inBatches(EVERY_EVENT);

/** The hash that a row should have; null when its payload is not written as we write one. */
export function expectedHash({ hash: _hash, previousHash, payload, ...event }: EventRow): string | null {
  const value = parsed<Json>(payload);
  if (value === null || canonicalJson(value) !== payload) return null;
  return eventHash({ ...event, payload: value }, previousHash);
}

/** An event of one kind, as it was recorded. */
interface Recorded<N extends EventName> {
  readonly payload: EventPayloads[N];
  readonly actorId: string | null;
  readonly createdAt: number;
}

/** Every event of one kind whose hash is right. A row that was edited is skipped, so that it cannot mislead. */
export async function* recordedEvents<N extends EventName>(name: N): AsyncGenerator<Recorded<N>> {
  for await (const event of inBatches(EVENTS_NAMED, [name]))
    if (expectedHash(event) === event.hash)
      yield { ...event, payload: JSON.parse(event.payload) as EventPayloads[N] };
}

/** JSON as a value, or null. */
export function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/** What was lost when an older copy of the database was restored, as the audit log records it. */
export async function restores(): Promise<RestoreNoticed[]> {
  const found = [];
  for await (const { payload } of recordedEvents('restore.noticed')) found.push(payload);
  return found;
}
