import { columns } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { Certificate } from '../tables.js';
import { IssuanceEntry } from './tables.js';

/** An entry of the ledger as stored, with its hashes. */
export type LedgerRow = Readonly<Row<typeof IssuanceEntry>>;

/**
 * An entry of the ledger before it is hashed. `sha256` is over the signed bytes, `awardSha256` over the facts of the
 * award (`awardHash`). `eventSeq` and `eventHash` are the end of the audit log when the entry was written, and the event
 * that records the issue names the entry: neither chain can be rewritten alone.
 */
export type LedgerEntry = Omit<LedgerRow, 'previousHash' | 'hash'>;

/** The hash of an entry: over the entry and the hash before it. */
export const entryHash = (entry: LedgerEntry, previousHash: string): string =>
  sha256(previousHash + canonicalJson({ ...entry }));

const AWARD = [
  'id',
  'code',
  'organisationId',
  'userId',
  'cycleId',
  'courseVersionId',
  'holderName',
  'facts',
  'statusListId',
  'statusIndex',
  'awardedAt',
  'validUntil',
  'createdAt',
] as const;

/** What an award fixed, as stored. None of it changes for as long as the certificate is kept. */
export type Award = Readonly<Pick<Row<typeof Certificate>, (typeof AWARD)[number]>>;

/** The hash of an award: it covers every column that is written at the award, and nothing else of what is given. */
export const awardHash = (award: Award): string =>
  sha256(canonicalJson(Object.fromEntries(AWARD.map(name => [name, award[name]]))));

/** The columns of an award, for a `select` from certificates `c`. */
export const AWARD_COLUMNS = columns(Certificate, 'c', ...AWARD);

/** The columns that an entry of the ledger is made of. */
export const ENTRY = [
  'seq',
  'certificateId',
  'organisationId',
  'sha256',
  'awardSha256',
  'eventSeq',
  'eventHash',
  'issuedAt',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof LedgerRow)[];

/** The columns of an entry, for a `select` from the ledger `e`. */
export const ENTRY_COLUMNS = columns(IssuanceEntry, 'e', ...ENTRY);

const STORED = [...AWARD, 'credential', 'sha256', 'issuedAt', 'ledgerSeq', 'ledgerHead'] as const;

/** A certificate as stored: its award, its signed text, and the entry of the ledger that it names as its own. */
export type StoredCertificate = Readonly<Pick<Row<typeof Certificate>, (typeof STORED)[number]>>;

/** The columns of a stored certificate, for a `select` from certificates `c`. */
export const STORED_COLUMNS = columns(Certificate, 'c', ...STORED);

/** What can be edited about a certificate: its signed text, what was awarded, the ledger entry that it names. */
export type Edited = 'text' | 'award' | 'place';

/** What of a stored certificate differs from its entry in the ledger. Empty when nothing was edited. */
export function editedIn(stored: StoredCertificate, entry: LedgerRow): Edited[] {
  const { credential, ledgerSeq, ledgerHead, issuedAt } = stored;
  const isSame: Record<Edited, boolean> = {
    text: sha256(credential ?? '') === entry.sha256 && stored.sha256 === entry.sha256,
    award: awardHash(stored) === entry.awardSha256,
    place: ledgerSeq === entry.seq && ledgerHead === entry.hash && issuedAt === entry.issuedAt,
  };
  return (Object.keys(isSame) as Edited[]).filter(each => !isSame[each]);
}

/** Whether an entry matches its own hash. */
export function matchesHash({ previousHash, hash, ...entry }: LedgerRow): boolean {
  return entryHash(entry, previousHash) === hash;
}
