import { canonicalJson } from '../../lib/canonical-json.js';
import { sha256 } from '../../lib/tokens.js';

/** The hash before the first row of a chain. */
export const GENESIS = '0'.repeat(64);

/**
 * A row of the issuance ledger, before it is hashed. `sha256` is over the signed bytes, `awardSha256` over the
 * facts of the award (`awardHash`); `eventSeq` and `eventHash` are the end of the audit log when the row was
 * written, and the event that tells of the issue names the row: neither chain can be written anew alone.
 */
export interface LedgerEntry {
  readonly seq: number;
  readonly certificateId: string;
  readonly organisationId: string;
  readonly sha256: string;
  readonly awardSha256: string;
  readonly eventSeq: number;
  readonly eventHash: string;
  readonly issuedAt: number;
}

/** The hash of a row: over the row and the hash before it. */
export const entryHash = (entry: LedgerEntry, previousHash: string): string =>
  sha256(previousHash + canonicalJson({ ...entry }));

/** What an award fixed, as stored. None of it changes for as long as the certificate is kept. */
export interface Award {
  readonly id: string;
  readonly code: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly courseVersionId: string;
  readonly holderName: string;
  readonly facts: string;
  readonly statusListId: number;
  readonly statusIndex: number;
  readonly awardedAt: number;
  readonly validUntil: number | null;
  readonly createdAt: number;
}

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
] as const satisfies readonly (keyof Award)[];

/** The hash of an award: it covers every column that is written at the award, and nothing else of what is given. */
export const awardHash = (award: Award): string =>
  sha256(canonicalJson(Object.fromEntries(AWARD.map(name => [name, award[name]]))));

const column = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** The columns of an award, for a `select` from `certificates c`. */
export const AWARD_COLUMNS = AWARD.map(name => `c.${column(name)} as "${name}"`).join(', ');

/** A row of the ledger as stored, with its hashes. */
export type LedgerRow = LedgerEntry & { readonly previousHash: string; readonly hash: string };

/** What a row of the ledger has. */
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

/** The columns of a row of the ledger, for a `select` from `issuance_ledger e`; `prefix` stands before their names. */
export const entryColumns = (prefix = ''): string =>
  ENTRY.map(name => `e.${column(name)} as "${prefix}${name}"`).join(', ');

/** A certificate as stored: its award, its signed text, and the row of the ledger that it names as its own. */
export type StoredCertificate = Award & {
  readonly credential: string | null;
  readonly sha256: string | null;
  readonly issuedAt: number | null;
  readonly ledgerSeq: number | null;
  readonly ledgerHead: string | null;
};

/** The columns of a stored certificate, for a `select` from `certificates c`. */
export const STORED_COLUMNS = `${AWARD_COLUMNS}, c.credential, c.sha256, c.issued_at as "issuedAt",
  c.ledger_seq as "ledgerSeq", c.ledger_head as "ledgerHead"`;

/** What can be edited about a certificate: its signed text, what was awarded, the row of the ledger that it names. */
export type Edited = 'text' | 'award' | 'place';

/** What of a stored certificate is not as its row of the ledger tells it. Empty when nothing was edited. */
export function editedIn(stored: StoredCertificate, entry: LedgerRow): Edited[] {
  const { credential, ledgerSeq, ledgerHead, issuedAt } = stored;
  const holds: Record<Edited, boolean> = {
    text: sha256(credential ?? '') === entry.sha256 && stored.sha256 === entry.sha256,
    award: awardHash(stored) === entry.awardSha256,
    place: ledgerSeq === entry.seq && ledgerHead === entry.hash && issuedAt === entry.issuedAt,
  };
  return (Object.keys(holds) as Edited[]).filter(each => !holds[each]);
}

/** Whether a row of the ledger gives its own hash. */
export function givesItsHash({ previousHash, hash, ...entry }: LedgerRow): boolean {
  return entryHash(entry, previousHash) === hash;
}
