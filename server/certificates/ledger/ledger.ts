import { insert, row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { RestoreNoticed } from '../../events/event-payloads.js';
import { endOfChain, HASH_BEFORE_FIRST, INSTALLATION } from '../../events/chains.js';
import { Event } from '../../events/tables.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { entryHash, type LedgerEntry, type LedgerRow } from './hash.js';
import { IssuanceEntry } from './tables.js';

/** The last entry of the ledger: how many certificates were issued, and the hash that stands for all of them. */
export type LedgerHead = Pick<LedgerRow, 'seq' | 'hash'>;

/** An entry that is hashed and not yet written. */
export interface NextEntry {
  readonly entry: LedgerEntry;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * The entry that comes next, hashed and not yet written. Runs in the caller's transaction: until it ends nobody else
 * extends the ledger.
 */
export async function nextEntry(
  issued: Pick<LedgerEntry, 'certificateId' | 'organisationId' | 'sha256' | 'awardSha256' | 'issuedAt'>,
): Promise<NextEntry> {
  await takeSigningTurn();
  const event = await endOfChain(issued.organisationId);
  const head = await ledgerHead();
  const seq = Math.max(head.seq, (await lostInRestores()).ledgerSeq) + 1;
  const entry = { ...issued, seq, eventSeq: event.seq, eventHash: event.hash };
  return { entry, previousHash: head.hash, hash: entryHash(entry, head.hash) };
}

/** Write an entry that `nextEntry` made. No two entries follow the same one, or belong to the same certificate. */
export const appendEntry = ({ entry, previousHash, hash }: NextEntry): Promise<void> =>
  insert(IssuanceEntry, { ...entry, previousHash, hash });

const HEAD = sql`select ${columns(IssuanceEntry, 'e', 'seq', 'hash')} from ${IssuanceEntry} e order by seq desc limit 1`;

/** Where the ledger ends now. */
export const ledgerHead = async (): Promise<LedgerHead> =>
  (await row(HEAD)) ?? { seq: 0, hash: HASH_BEFORE_FIRST };

const LAST_RESTORE = sql`select ${columns(Event, 'e', 'payload')} from ${Event} e
  where name = 'restore.noticed' and chain = $1 order by seq desc limit 1`;

/** The highest numbers used before an older copy of the database was restored: they are never used again. */
export async function lostInRestores(): Promise<{ ledgerSeq: number; headNumber: number }> {
  const found = await row(LAST_RESTORE, [INSTALLATION]);
  return found ? (JSON.parse(found.payload) as RestoreNoticed) : { ledgerSeq: 0, headNumber: 0 };
}
