import { listed, rows } from '../../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../../platform/db/sql.js';
import { afterCommit } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { SignedDocument } from '../../open-badges/sign.js';
import { IssuerKey } from '../issuer/tables.js';
import { awardHash, type Award } from '../ledger/hash.js';
import { appendEntries, nextEntries, type NextEntry } from '../ledger/ledger.js';
import { Certificate } from '../tables.js';
import { tellStored } from './stored-certificates.js';

/** An award with its signed text, its seal, and the key that made both. `now`: epoch ms. */
export interface SignedAward extends SignedDocument {
  readonly award: Award;
  readonly keyId: string;
  readonly seal: string;
  readonly now: number;
}

/** Of each, in order: its id, what was signed, and its place in the ledger. */
const store = (): Sql<{ id: string }> =>
  sql`update ${Certificate} set credential = value ->> 1, sha256 = value ->> 2, key_id = value ->> 3, seal = value ->> 4,
    issued_at = cast(value ->> 5 as bigint), ledger_seq = cast(value ->> 6 as bigint), ledger_head = value ->> 7
  from ${listed(1)} as list
  where ${Certificate}.id = value ->> 0 and issued_at is null and superseded_at is null
    and exists (select 1 from ${IssuerKey} k where k.id = value ->> 3 and k.in_use = 1)
  returning ${columns(Certificate, 'certificates', 'id')}`;

/**
 * Store signed bytes and their entries in the ledger, once, and only while the key that signed them is in use: a key
 * that was found to be compromised in the meantime must not issue another certificate. Returns false, and nothing is stored, where they are signed already, were superseded, or their key is out of use. Throws where that is so of some of
 * them. Runs in the caller's transaction.
 */
export async function storeSigned(signed: readonly SignedAward[]): Promise<boolean> {
  const entries = await nextEntries(signed.map(entryOf));
  const values = signed.map((each, at) => valuesOf(each, entries[at] as NextEntry));
  const stored = await rows(store(), [JSON.stringify(values)]);
  if (stored.length === 0) return false;
  if (stored.length < signed.length) throw new Error('Some of these awards cannot be stored');
  await appendEntries(entries);
  for (const [at, each] of signed.entries()) await recordIssue(each, entries[at] as NextEntry);
  afterCommit(() => signed.forEach(({ award }) => tellStored(award.cycleId)));
  return true;
}

const entryOf = ({ award, sha256, now }: SignedAward) => ({
  certificateId: award.id,
  organisationId: award.organisationId,
  sha256,
  awardSha256: awardHash(award),
  issuedAt: now,
});

const valuesOf = (
  { award, text, sha256, keyId, seal, now }: SignedAward,
  { entry, hash }: NextEntry,
): (string | number)[] => [award.id, text, sha256, keyId, seal, now, entry.seq, hash];

function recordIssue({ award, sha256, keyId, now }: SignedAward, { entry, hash }: NextEntry): Promise<void> {
  const { id, userId, organisationId } = award;
  const payload = { certificateId: id, userId, sha256, keyId, ledgerSeq: entry.seq, ledgerHash: hash };
  return record('certificate.issued', payload, { actorId: null, organisationId, now });
}
