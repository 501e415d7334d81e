import { canonicalJson } from '../lib/canonical-json.js';
import { sha256 } from '../lib/tokens.js';

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

/** The hash of an award: it covers every column that is written at the award. */
export const awardHash = (award: Award): string => sha256(canonicalJson({ ...award }));

/** The columns of an award, for a `select` from `certificates c`. */
export const AWARD_COLUMNS = `c.id, c.code, c.organisation_id as "organisationId", c.user_id as "userId",
  c.cycle_id as "cycleId", c.course_version_id as "courseVersionId", c.holder_name as "holderName", c.facts,
  c.status_list_id as "statusListId", c.status_index as "statusIndex", c.awarded_at as "awardedAt",
  c.valid_until as "validUntil", c.created_at as "createdAt"`;
