import { row, rows } from '../../../db/rows.js';
import type { EventName, EventPayloads, RestoreNoticed } from '../../../events/event-payloads.js';
import { eventHash } from '../../../events/record.js';
import { canonicalJson, type Json } from '../../../lib/canonical-json.js';

/** Rows at a time: a log of any length is read in steady memory. */
const BATCH = 500;

/** All rows of a query that ends with `where … > $1 order by … limit $2`, `seq` being what it is ordered by. */
export async function* each<T extends { seq: number }>(sql: string): AsyncGenerator<T> {
  for (let after = 0; ;) {
    const batch = await rows<T>(sql, [after, BATCH]);
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = last.seq;
  }
}

/** A row of the audit log. */
interface EventRow {
  readonly seq: number;
  readonly name: string;
  readonly payload: string;
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly createdAt: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** The rows of the audit log in order; those of one name when one is given. */
export const eventRows = (name?: EventName): AsyncGenerator<EventRow> =>
  each<EventRow>(
    `select seq, name, payload, actor_id as "actorId", organisation_id as "organisationId",
       created_at as "createdAt", previous_hash as "previousHash", hash
     from events where seq > $1 ${name ? `and name = '${name}'` : ''} order by seq limit $2`,
  );

/** The hash that a row should have; null when its payload is not written as we write one. */
export function hashOf({ hash: _hash, previousHash, payload, ...event }: EventRow): string | null {
  const value = parsed<Json>(payload);
  if (value === null || canonicalJson(value) !== payload) return null;
  return eventHash({ ...event, payload: value }, previousHash);
}

/** An event of one kind as it is told. */
export interface Told<N extends EventName> {
  readonly payload: EventPayloads[N];
  readonly actorId: string | null;
  readonly createdAt: number;
}

/** Every event of one kind whose hash holds: what an edited row says is not believed, nor does it confuse. */
export async function* told<N extends EventName>(name: N): AsyncGenerator<Told<N>> {
  for await (const event of eventRows(name))
    if (hashOf(event) === event.hash)
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

/** What restores of an older copy have lost, as the audit log tells it. */
export async function restores(): Promise<RestoreNoticed[]> {
  const found = [];
  for await (const { payload } of told('restore.noticed')) found.push(payload);
  return found;
}

/** The one number that a query gives, or 0. */
export const numberOf = async (sql: string): Promise<number> =>
  Number((await row<{ n: number | null }>(sql))?.n ?? 0);

/** Where the row with a hash stands in a table. */
export const seqByHash =
  (table: string, seq = 'seq', hash = 'hash') =>
  async (value: string): Promise<number | null> =>
    (await row<{ n: number }>(`select ${seq} as n from ${table} where ${hash} = $1`, [value]))?.n ?? null;
