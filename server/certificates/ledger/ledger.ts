import { row, rows } from '../../db/rows.js';
import { endOfChain } from '../../events/record.js';
import type { RestoreNoticed } from '../../events/event-payloads.js';
import { entryHash, GENESIS, type LedgerEntry } from './hash.js';

/** The last row of the ledger: how many certificates were issued, and the hash that stands for all of them. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * The row that comes next, hashed and not yet written. Inside a transaction: from here to its end nobody else
 * extends the ledger or the audit log.
 */
export async function nextEntry(
  issued: Pick<LedgerEntry, 'certificateId' | 'organisationId' | 'sha256' | 'awardSha256' | 'issuedAt'>,
): Promise<{ entry: LedgerEntry; previousHash: string; hash: string }> {
  const event = await endOfChain();
  const head = await ledgerHead();
  const seq = Math.max(head.seq, (await lostInRestores()).ledgerSeq) + 1;
  const entry = { ...issued, seq, eventSeq: event.seq, eventHash: event.hash };
  return { entry, previousHash: head.hash, hash: entryHash(entry, head.hash) };
}

/** Write a row that `nextEntry` made. Two rows cannot follow the same one, nor tell of the same certificate. */
export async function append({ entry, previousHash, hash }: Awaited<ReturnType<typeof nextEntry>>) {
  await rows(
    `insert into issuance_ledger (seq, certificate_id, organisation_id, sha256, award_sha256, event_seq,
       event_hash, issued_at, previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      entry.seq,
      entry.certificateId,
      entry.organisationId,
      entry.sha256,
      entry.awardSha256,
      entry.eventSeq,
      entry.eventHash,
      entry.issuedAt,
      previousHash,
      hash,
    ],
  );
}

/** Where the ledger ends now. */
export const ledgerHead = async (): Promise<LedgerHead> =>
  (await row<LedgerHead>('select seq, hash from issuance_ledger order by seq desc limit 1')) ?? {
    seq: 0,
    hash: GENESIS,
  };

/**
 * Numbers up to these were given out before an older copy of the database was put back: they are never given
 * out again.
 */
export async function lostInRestores(): Promise<{ ledgerSeq: number; headNumber: number }> {
  const found = await row<{ payload: string }>(
    `select payload from events where name = 'restore.noticed' order by seq desc limit 1`,
  );
  return found ? (JSON.parse(found.payload) as RestoreNoticed) : { ledgerSeq: 0, headNumber: 0 };
}
