import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import type { EventName, EventPayloads } from '../../../../platform/events/event-payloads.js';
import type { RestoreNoticed } from '../../events.js';
import { eventHash } from '../../../../platform/events/record.js';
import { Event, EventChain, EventRedaction } from '../../../../platform/events/tables.js';
import { canonicalJson, type Json } from '../../../../platform/lib/canonical-json.js';
import { chainEnds } from '../../../../platform/events/chains.js';
import { inBatches } from './certificate-batches.js';
import type { Start } from './ledger-start.js';

/** A row of the audit log. */
type EventRow = Omit<Row<typeof Event>, 'id' | 'chain'>;

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

const IN_CHAIN = sql`${EVENTS} where seq > $1 and chain = $3 order by seq limit $2`;
const NAMED_IN_CHAIN = sql`${EVENTS} where seq > $1 and chain = $3 and name = $4 order by seq limit $2`;

const CHAINS = sql`select ${columns(EventChain, 'c', 'chain')} from ${EventChain} c
  union select ${columns(Event, 'e', 'chain')} from ${Event} e order by 1`;

/** The names of all chains; from the beginning on, also of those whose end is missing, which takes all events. */
export const chainNames = async (start: Start | null): Promise<string[]> =>
  (start ? await chainEnds() : await rows(CHAINS)).map(({ chain }) => chain);

/** The chains that hold events of one kind. Most kinds are rare, and nothing else is looked at. */
export const CHAINS_WITH = sql`select distinct ${columns(Event, 'e', 'chain')} from ${Event} e where e.name = $1 order by 1`;

const chainsWith = async (name: EventName): Promise<string[]> =>
  (await rows(CHAINS_WITH, [name])).map(({ chain }) => chain);

/** The rows of one chain of the audit log after a number, in order. */
export const eventRows = (chain: string, after = 0): AsyncGenerator<EventRow> =>
  inBatches(IN_CHAIN, [chain], after);

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

/**
 * Every event of one kind whose hash is right, chain by chain and in the order of each; of those since `start`. A row that was
 * edited is skipped, so that it cannot mislead.
 */
export async function* recordedEvents<N extends EventName>(
  name: N,
  start: Start | null = null,
): AsyncGenerator<Recorded<N>> {
  for (const chain of start ? await chainNames(start) : await chainsWith(name))
    for await (const event of inBatches(NAMED_IN_CHAIN, [chain, name], start?.chains.get(chain)?.seq))
      if (expectedHash(event) === event.hash) yield read(event);
}

const read = <N extends EventName>(event: EventRow): Recorded<N> => ({
  ...event,
  payload: JSON.parse(event.payload) as EventPayloads[N],
});

const NAMED_AT = sql`${EVENTS} where name = $1 and created_at = $2`;

/** The events of one kind that were recorded at a moment (epoch ms), if their hashes are right. */
export const recordedAt = async <N extends EventName>(name: N, at: number): Promise<Recorded<N>[]> =>
  (await rows(NAMED_AT, [name, at]))
    .filter(event => expectedHash(event) === event.hash)
    .map(event => read<N>(event));

/** The hashes of the events of a chain, after a number, that were redacted when somebody was erased, by their numbers. */
export async function redactionsIn(chain: string, after: number): Promise<ReadonlyMap<number, string>> {
  const found = await rows(
    sql`select ${columns(EventRedaction, 'r', 'seq', 'hash')} from ${EventRedaction} r where r.chain = $1 and r.seq > $2`,
    [chain, after],
  );
  return new Map(found.map(({ seq, hash }) => [Number(seq), hash]));
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
