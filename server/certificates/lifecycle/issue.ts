import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { findCycle } from '../../learning/enrolments.js';
import { holdCycle } from '../../learning/withdrawals.js';
import { newCode } from '../../lib/ids.js';
import { gatherFacts, insertAward } from './award.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { append, nextEntry, type LedgerHead } from '../ledger/ledger.js';
import { AWARD_COLUMNS, awardHash, type Award } from '../ledger/hash.js';
import { openedList } from '../status-lists/cache.js';
import { currentList } from '../status-lists/status-lists.js';
import type { AwardFacts } from '../../open-badges/credential.js';
import type { SignedDocument } from '../../open-badges/sign.js';
import { signSeal } from '../ledger/seal.js';
import type { OpenList } from '../../open-badges/status-list.js';

/**
 * Issue the certificate of a round that is complete. Twice is once: the award is unique for the round, the
 * signing for the award. A crash in between leaves an award that the next try signs.
 */
export async function issueIfEarned(cycleId: string, issuer: Issuer, now: number): Promise<void> {
  refuseInDoubt(issuer);
  const id = await award(cycleId, issuer, now);
  if (id) await signAward(id, issuer, now);
}

/** Fix what the certificate says: name, results, dates, number, place in the status list. Null when not earned. */
function award(cycleId: string, issuer: Issuer, now: number): Promise<string | null> {
  return inTransaction(async () => {
    // Whoever takes back a pass waits until the award is kept, or was first.
    await holdCycle(cycleId);
    const cycle = await findCycle(cycleId);
    if (!cycle?.completedAt) return null;
    const existing = await certificateOfCycle(cycleId);
    if (existing) return existing;
    const facts = await gatherFacts(cycle, issuer, now);
    // Another worker was faster, or the place in the list was taken: look again, from the start.
    if (!(await insertAward({ code: newCode(), cycle, facts }, now))) return award(cycleId, issuer, now);
    const id = facts.credentialId;
    const payload = { certificateId: id, cycleId, userId: cycle.userId };
    await record('certificate.awarded', payload, {
      actorId: null,
      organisationId: cycle.organisationId,
      now,
    });
    return id;
  });
}

const certificateOfCycle = async (cycleId: string): Promise<string | null> =>
  (
    await row<{ id: string }>('select id from certificates where cycle_id = $1 and superseded_at is null', [
      cycleId,
    ])
  )?.id ?? null;

/**
 * Sign an award, check our own signature as a stranger would, keep the exact bytes and enter them in the
 * ledger. Only then is it issued. Does nothing for one that is signed. Several may be signed at once: only keeping them
 * goes one by one.
 */
export async function signAward(id: string, issuer: Issuer, now: number): Promise<void> {
  const awarded = await unsigned(id);
  if (!awarded) return;
  refuseInDoubt(issuer);
  await issuer.refresh();
  const signed = await sign(awarded, issuer, now);
  const head = await inTransaction(() => keep(awarded, signed, now));
  if (head) issuer.marks.ledger(head);
}

/** An award that waits for its signature; one that was superseded before it was signed waits no more. */
const unsigned = (id: string): Promise<Award | null> =>
  row<Award>(
    `select ${AWARD_COLUMNS.text} from certificates c
     where c.id = $1 and c.issued_at is null and c.superseded_at is null`,
    [id],
  );

/** A certificate as it is kept: the signed text, the seal of its award, and the key that made both. */
type Made = SignedDocument & { readonly keyId: string; readonly seal: string };

async function sign(award: Award, issuer: Issuer, now: number): Promise<Made> {
  const facts = JSON.parse(award.facts) as AwardFacts;
  const list = await listFor(facts, issuer, now);
  // Read in one go: while others sign, the keys may change.
  const { key, signer, did, document: didDocument } = issuer;
  const signed = await issuer.signers.sign({ facts, key, didDocument, list, now });
  const seal = await signSeal(awardHash(award), { did, signer }, now);
  return { ...signed, seal, keyId: key.keyId };
}

/** The status list that a certificate is checked against; signed now where there is none to rely on yet. */
async function listFor({ statusList }: AwardFacts, issuer: Issuer, now: number): Promise<OpenList | null> {
  const opened = await openedList(statusList.id, issuer, now);
  if (opened) return opened;
  await currentList(statusList.id, issuer, now);
  return openedList(statusList.id, issuer, now);
}

/**
 * Keep the bytes with their row in the ledger, once, and only while the key that signed them is in use: a key
 * that was found out meanwhile must not issue one more.
 */
async function keep(
  award: Award,
  { text, sha256, seal, keyId }: Made,
  now: number,
): Promise<LedgerHead | null> {
  const { id, organisationId, userId } = award;
  const next = await nextEntry({
    certificateId: id,
    organisationId,
    sha256,
    awardSha256: awardHash(award),
    issuedAt: now,
  });
  const [first] = await rows(
    `update certificates set credential = $1, sha256 = $2, key_id = $3, issued_at = $4, ledger_seq = $5,
       ledger_head = $6, seal = $8
     where id = $7 and issued_at is null and superseded_at is null
       and exists (select 1 from issuer_keys where id = $3 and in_use = 1)
     returning id`,
    [text, sha256, keyId, now, next.entry.seq, next.hash, id, seal],
  );
  if (!first) return refuseRetiredKey(id);
  await append(next);
  const payload = {
    certificateId: id,
    userId,
    sha256,
    keyId,
    ledgerSeq: next.entry.seq,
    ledgerHash: next.hash,
  };
  await record('certificate.issued', payload, { actorId: null, organisationId, now });
  return { seq: next.entry.seq, hash: next.hash };
}

/** Nothing was kept: either another worker was faster, which is well, or the key went out of use. */
async function refuseRetiredKey(id: string): Promise<null> {
  if (await unsigned(id)) throw new Error('The signing key went out of use while a certificate was signed');
  return null;
}
