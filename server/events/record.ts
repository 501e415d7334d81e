import { database } from '../db/connect.js';
import { LOCKS } from '../db/locks.js';
import { row, rows } from '../db/rows.js';
import { afterCommit, currentTransaction } from '../db/transaction.js';
import { canonicalJson, type Json } from '../lib/canonical-json.js';
import { newId } from '../lib/ids.js';
import { sha256 } from '../lib/tokens.js';
import type { EventName, EventPayloads } from './catalogue.js';
import { nudge } from './queue.js';

/** The hash before the first event. */
export const GENESIS = '0'.repeat(64);

/** Who did it (null: the system), where it belongs (null: the installation), and when (epoch ms). */
export interface Circumstances {
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly now: number;
}

/**
 * Write one event in the same transaction as the change it tells of. The row is at once the audit log (each
 * hash covers the row and the hash before it) and the news that reactions are made from. Throws outside a
 * transaction: news without its change, or a change without its news, must not exist.
 */
export async function record<N extends EventName>(
  name: N,
  payload: EventPayloads[N],
  { actorId, organisationId, now }: Circumstances,
): Promise<void> {
  if (!currentTransaction()) throw new Error(`record('${name}') outside a transaction`);
  const last = await endOfChain();
  const entry = {
    seq: last.seq + 1,
    name,
    payload: payload as Json,
    actorId,
    organisationId,
    createdAt: now,
  };
  const previousHash = last.hash;
  await rows(
    `insert into events (seq, id, name, payload, actor_id, organisation_id, created_at, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.seq,
      newId(),
      name,
      canonicalJson(entry.payload),
      actorId,
      organisationId,
      now,
      previousHash,
      eventHash(entry, previousHash),
    ],
  );
  afterCommit(nudge);
}

/**
 * The last event, which stays the last until the transaction ends: all who extend the chain, or one that is
 * woven into it, take turns here. (SQLite has but one writer anyway.)
 */
export async function endOfChain(): Promise<{ seq: number; hash: string }> {
  if (database().dialect === 'postgres') {
    await database().sequelize.query(`select pg_advisory_xact_lock(${LOCKS.eventChain})`);
  }
  const last = await row<{ seq: number; hash: string }>(
    'select seq, hash from events order by seq desc limit 1',
  );
  return last ?? { seq: 0, hash: GENESIS };
}

/** What an event's hash covers: every column but its random id, and the hash before it. */
export function eventHash(
  entry: {
    seq: number;
    name: string;
    payload: Json;
    actorId: string | null;
    organisationId: string | null;
    createdAt: number;
  },
  previousHash: string,
): string {
  return sha256(previousHash + canonicalJson(entry));
}
