import { database } from '../db/connect.js';
import { LOCKS } from '../db/locks.js';
import { insert, row } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { afterCommit, currentTransaction } from '../db/transaction.js';
import { canonicalJson, type Json } from '../lib/canonical-json.js';
import { newId } from '../lib/ids.js';
import { sha256 } from '../lib/tokens.js';
import type { EventName, EventPayloads } from './event-payloads.js';
import { nudge } from './nudge.js';
import { Event } from './tables.js';

/** The hash before the first event. */
export const HASH_BEFORE_FIRST = '0'.repeat(64);

/** Who did it (null: the system), where it belongs (null: the installation), and when (epoch ms). */
export interface Circumstances {
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly now: number;
}

/**
 * Write one event, in the same transaction as the change that it reports. The row is both the audit log (each hash covers
 * the row and the hash before it) and what reactions are started by. Throws outside a transaction: there must be no
 * event without its change, and no change without its event.
 */
export async function record<N extends EventName>(
  name: N,
  payload: EventPayloads[N],
  { actorId, organisationId, now }: Circumstances,
): Promise<void> {
  if (!currentTransaction()) throw new Error(`record('${name}') outside a transaction`);
  const last = await endOfChain();
  const fields = { seq: last.seq + 1, name, actorId, organisationId, createdAt: now };
  const hash = eventHash({ ...fields, payload: payload as Json }, last.hash);
  const stored = { ...fields, id: newId(), payload: canonicalJson(payload as Json) };
  await insert(Event, { ...stored, previousHash: last.hash, hash });
  afterCommit(() => nudge(name));
}

const LAST = sql`select ${columns(Event, 'e', 'seq', 'hash')} from ${Event} e order by e.seq desc limit 1`;

/**
 * The last event, which remains the last until the transaction ends: whoever extends the chain, or one that refers to it,
 * takes turns here. (SQLite has only one writer anyway.)
 */
export async function endOfChain(): Promise<Pick<Row<typeof Event>, 'seq' | 'hash'>> {
  if (database().dialect === 'postgres') {
    await database().sequelize.query(`select pg_advisory_xact_lock(${LOCKS.eventChain})`);
  }
  return (await row(LAST)) ?? { seq: 0, hash: HASH_BEFORE_FIRST };
}

/** What an event's hash covers. */
type HashedEvent = Pick<Row<typeof Event>, 'seq' | 'name' | 'actorId' | 'organisationId' | 'createdAt'> & {
  readonly payload: Json;
};

/** The hash of an event: of every column but its random id, and of the hash before it. */
export const eventHash = (event: HashedEvent, previousHash: string): string =>
  sha256(previousHash + canonicalJson(event));
