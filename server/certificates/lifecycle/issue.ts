import { row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { findCycle, holdCycle, type CycleFacts } from '../../learning/enrolments.js';
import { takenCourse } from '../../learning/path/taken-course.js';
import { newCode } from '../../lib/ids.js';
import type { AwardFacts, UnsignedCredential } from '../../open-badges/credential.js';
import type { SignedDocument } from '../../open-badges/sign.js';
import type { OpenList } from '../../open-badges/status-list.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { IssuerKey } from '../issuer/tables.js';
import { AWARD_COLUMNS, awardHash, type Award } from '../ledger/hash.js';
import { appendEntry, nextEntry, type LedgerHead } from '../ledger/ledger.js';
import { signSeal } from '../ledger/seal.js';
import { openedList } from '../status-lists/opened-lists.js';
import { currentList, randomPlace } from '../status-lists/status-lists.js';
import { Certificate } from '../tables.js';
import { noteProven } from '../verification/proven.js';
import { gatherFacts, insertAward, moduleResults, type OpenFacts } from './award.js';

/**
 * Issue the certificate of a completed cycle. Idempotent: each cycle has one award, and each award one signature. After a
 * crash in between, the next try signs the award. Returns whether the cycle was awarded now.
 */
export async function issueIfEarned(cycleId: string, issuer: Issuer, now: number): Promise<boolean> {
  refuseInDoubt(issuer);
  const found = await award(cycleId, issuer, now);
  if (found?.isSigned === false) await sign(found.award, issuer, now);
  return found?.isNew ?? false;
}

/** The award of a cycle, made now or before. */
interface Found {
  readonly award: Award;
  readonly isNew: boolean;
  readonly isSigned: boolean;
}

/** Fix the facts of the certificate: name, results, dates, code, status index. Null when the cycle is not complete. */
async function award(cycleId: string, issuer: Issuer, now: number): Promise<Found | null> {
  const cycle = await findCycle(cycleId);
  if (!cycle?.completedAt) return null;
  // Before anybody has to wait for this: in a rush writers queue.
  const open = await gatherFacts(cycle, issuer);
  const found = await inTransaction(() => awardOnce(cycle, open, now));
  // The cycle was completed anew meanwhile, another worker was faster, or the status index was taken: start again.
  return found ?? award(cycleId, issuer, now);
}

/** Null where something came between, and nothing was written. */
async function awardOnce(cycle: CycleFacts, open: OpenFacts, now: number): Promise<Found | null> {
  const { id: cycleId, organisationId, userId, completedAt } = cycle;
  // The cycle is locked, so that a pass is withdrawn either before the award or after it.
  if ((await holdCycle(cycleId))?.completedAt !== completedAt) return null;
  const modules = await moduleResults(cycleId, await takenCourse(cycle));
  const facts = { ...open, modules, statusList: await randomPlace(now) };
  const awarded = await insertAward({ code: newCode(), cycle, facts }, now);
  // Seldom: the job runs again, or the index was taken.
  if (!awarded) return awardOf(cycleId);
  const payload = { certificateId: awarded.id, cycleId, userId };
  await record('certificate.awarded', payload, { actorId: null, organisationId, now });
  return { award: awarded, isNew: true, isSigned: false };
}

const OF_CYCLE = sql`select ${AWARD_COLUMNS}, ${columns(Certificate, 'c', 'issuedAt')} from ${Certificate} c
  where c.cycle_id = $1 and c.superseded_at is null`;

/** The award that a cycle has, or null. */
async function awardOf(cycleId: string): Promise<Found | null> {
  const found = await row(OF_CYCLE, [cycleId]);
  if (!found) return null;
  const { issuedAt, ...awarded } = found;
  return { award: awarded, isNew: false, isSigned: issuedAt !== null };
}

/** Sign an award unless it is signed already. */
export async function signAward(id: string, issuer: Issuer, now: number): Promise<void> {
  const awarded = await unsigned(id);
  if (awarded) await sign(awarded, issuer, now);
}

const UNSIGNED = sql`select ${AWARD_COLUMNS} from ${Certificate} c
  where c.id = $1 and c.issued_at is null and c.superseded_at is null`;

/** The award, if it still waits for its signature. */
const unsigned = (id: string): Promise<Award | null> => row(UNSIGNED, [id]);

/**
 * Sign an award, check the signature as a stranger would, store the exact bytes and append them to the ledger: only then is
 * the certificate issued. Several awards may be signed at once; only storing them is done one at a time.
 */
async function sign(awarded: Award, issuer: Issuer, now: number): Promise<void> {
  refuseInDoubt(issuer);
  await issuer.refresh();
  const signed = await signedWith(awarded, issuer, now);
  const head = await inTransaction(() => store(awarded, signed, now));
  if (head) issuer.checkpoints.ledger(head);
}

/** The signed text, the seal of the award, and the key that made both. */
type SignedAward = SignedDocument & { readonly keyId: string; readonly seal: string };

async function signedWith(award: Award, issuer: Issuer, now: number): Promise<SignedAward> {
  const facts = JSON.parse(award.facts) as AwardFacts;
  const list = await listFor(facts, issuer, now);
  // All at once: the key in use may change while others sign.
  const { key, signer, did, document: didDocument } = issuer;
  const signed = await issuer.signers.sign({ facts, key, didDocument, list, now });
  const awardSha256 = awardHash(award);
  const seal = await signSeal(awardSha256, { did, signer }, now);
  // Whoever signed has verified it: the first check of a stranger need not do so again.
  const text = { sha256: signed.sha256, awardSha256, seal, didDocument };
  noteProven(text, JSON.parse(signed.text) as UnsignedCredential);
  return { ...signed, seal, keyId: key.keyId };
}

/** The status list that the certificate is checked against. It is signed now when there is no reliable version yet. */
async function listFor({ statusList }: AwardFacts, issuer: Issuer, now: number): Promise<OpenList | null> {
  const opened = await openedList(statusList.id, issuer, now);
  if (opened) return opened;
  await currentList(statusList.id, issuer, now);
  return openedList(statusList.id, issuer, now);
}

const STORE = sql`update ${Certificate} set credential = $1, sha256 = $2, key_id = $3, issued_at = $4,
    ledger_seq = $5, ledger_head = $6, seal = $8
  where id = $7 and issued_at is null and superseded_at is null
    and exists (select 1 from ${IssuerKey} where id = $3 and in_use = 1)
  returning id`;

/**
 * Store the signed bytes and their entry in the ledger, once, and only while the key that signed them is in use: a key
 * that was found to be compromised in the meantime must not issue another certificate.
 */
async function store(award: Award, signed: SignedAward, now: number): Promise<LedgerHead | null> {
  const { id, organisationId, userId } = award;
  const { text, sha256, seal, keyId } = signed;
  const issued = { certificateId: id, organisationId, sha256, awardSha256: awardHash(award), issuedAt: now };
  const next = await nextEntry(issued);
  const { hash } = next;
  const { seq } = next.entry;
  if (!(await row(STORE, [text, sha256, keyId, now, seq, hash, id, seal]))) return refuseRetiredKey(id);
  await appendEntry(next);
  const payload = { certificateId: id, userId, sha256, keyId, ledgerSeq: seq, ledgerHash: hash };
  await record('certificate.issued', payload, { actorId: null, organisationId, now });
  return { seq, hash };
}

/** Nothing was stored. That is fine when another worker was faster, and an error when the key went out of use. */
async function refuseRetiredKey(id: string): Promise<null> {
  if (await unsigned(id)) throw new Error('The signing key went out of use while a certificate was signed');
  return null;
}
