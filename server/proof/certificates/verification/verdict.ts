import { Conflict } from '../../../errors.js';
import { endDoubt, noteDoubt, type Doubt } from './doubts.js';
import { noteProven, provenStatement } from './proven.js';
import type { CertificateFacts } from '../queries.js';
import { signedFacts } from '../ledger/intact.js';
import type { Issuer } from '../issuer/issuer.js';
import { openedList } from '../status-lists/opened-lists.js';
import { certificateState, type CertificateState } from '../lifecycle/certificate-state.js';
import { achievementName } from '../../open-badges/achievement.js';
import { statusListUrl, timestamp } from '../../open-badges/credential.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { sealHolds } from '../ledger/seal.js';
import { bitAt } from '../../open-badges/status-list.js';
import { verifyCredential } from '../../open-badges/verify.js';

/** What a stranger is told about a certificate. */
export type PublicVerdict = CertificateState | ErasedVerdict;

/** Its details were erased: that it was issued is all that can be said, and whether it stands. */
type ErasedVerdict = 'erased-issued' | 'erased-ended' | 'erased-withdrawn';

export const isErasedVerdict = (verdict: PublicVerdict): verdict is ErasedVerdict =>
  verdict.startsWith('erased-');

interface Judged {
  readonly verdict: PublicVerdict;
  readonly doubt: Doubt | null;
}

/**
 * The verdict on a certificate of ours. Its row is compared with the ledger whenever it is read. The stored bytes are
 * checked as strictly as a stranger would check them, once for each text and signing key in a process. The state, the
 * dates and the bit in the signed status list are checked each time: a bit that no row explains means that a row is gone,
 * and that nothing can be relied on. A failed check is noted as a doubt, which ends when a later check passes.
 */
export async function verdictOn(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<PublicVerdict> {
  const { verdict, doubt } = await judge(certificate, issuer, now);
  const { id, doubtedAt } = certificate;
  if (doubt !== null && doubtedAt === null) await noteDoubt(id, doubt, now);
  if (doubt === null && doubtedAt !== null && verdict !== 'cannot-tell') await endDoubt(id);
  return verdict;
}

/** The facts that may be shown: those that were signed. Null when the verdict is "cannot tell". */
export const shownFacts = (certificate: CertificateFacts, verdict: PublicVerdict): SignedFacts | null =>
  certificate.isIntact && verdict !== 'cannot-tell' ? signedFacts(certificate) : null;

/** Why there is no verdict, for machines: records are missing, or a check failed. */
export const reasonForNoVerdict = (issuer: Issuer): 'records-incomplete' | 'check-failed' =>
  issuer.mayHaveForgotten() ? 'records-incomplete' : 'check-failed';

/** What is said of a certificate whose details were erased: that it was issued, and whether it stands. */
const ERASED: Readonly<Record<CertificateState, PublicVerdict>> = {
  valid: 'erased-issued',
  expired: 'erased-ended',
  revoked: 'erased-withdrawn',
  suspended: 'erased-withdrawn',
  superseded: 'erased-ended',
  'cannot-tell': 'cannot-tell',
};

const INVALIDATED: ReadonlySet<CertificateState> = new Set(['revoked', 'superseded', 'suspended']);

async function judge(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<Judged> {
  const state = certificateState(certificate, now);
  if (!certificate.isIntact) return { verdict: state, doubt: 'record' };
  if (certificate.erasedAt !== null) return { verdict: ERASED[state], doubt: null };
  if (INVALIDATED.has(state)) return { verdict: state, doubt: null };
  // The clock was ahead at the award.
  if (Date.parse(timestamp(certificate.awardedAt)) > now) return { verdict: 'cannot-tell', doubt: null };
  if (issuer.mayHaveForgotten()) return { verdict: 'cannot-tell', doubt: null };
  await issuer.refresh();
  if (!(await signatureHolds(certificate, issuer, now)))
    return { verdict: 'cannot-tell', doubt: 'signature' };
  const bit = await bitOf(certificate, issuer, now);
  if (bit === 'good') return { verdict: state, doubt: null };
  return { verdict: 'cannot-tell', doubt: bit === 'revoked' ? 'status-list' : null };
}

/**
 * Whether a certificate is stored as it was signed, so that papers and packs may be made from it. The key of a revoked,
 * suspended or superseded certificate may no longer be trusted, so only its row is checked.
 */
async function isAsSigned(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  if (!certificate.isIntact || INVALIDATED.has(certificateState(certificate, now)))
    return certificate.isIntact;
  await issuer.refresh();
  return signatureHolds(certificate, issuer, now);
}

/** Nothing is made from a certificate that somebody edited: no paper, no badge, no pack. Throws Conflict. */
export async function refuseEdited(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<void> {
  if (!(await isAsSigned(certificate, issuer, now)))
    throw new Conflict('This certificate is not stored as it was signed: run verify-ledger');
}

async function bitOf({ facts }: CertificateFacts, issuer: Issuer, now: number) {
  const { id, index } = facts.statusList;
  const list = await openedList(id, issuer, now);
  return list === null ? 'unknown' : bitAt(list.bits, index).state;
}

/**
 * For an intact certificate only: its text has the hash that its row names. A text is proven once in a process, at its issue
 * or at its first check; one that failed is checked again each time. Our own text is read the quick way, as at its issue:
 * the byte-strict proof alone covers every byte of it.
 */
async function signatureHolds(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  const { credential } = certificate;
  const text = textOf(certificate, issuer);
  if (!credential || !text) return false;
  const { sha256, awardSha256, seal, didDocument } = text;
  if (provenStatement(text) === undefined) {
    // The status list is checked each time, apart from this.
    const check = { text: credential, didDocument, now, expectSha256: sha256, reading: 'quick' as const };
    const { credential: signed } = await verifyCredential(check);
    if (!signed || !(await sealHolds(seal, awardSha256, didDocument))) return false;
    noteProven(text, signed);
  }
  return provenStatement(text) === stated(certificate);
}

/** The signed text of a certificate, as it is known once it is proven; null while there is none, or its row was edited. */
function textOf(
  { sha256, awardSha256, seal, isIntact }: CertificateFacts,
  { document: didDocument }: Issuer,
) {
  return isIntact && sha256 && awardSha256 ? { sha256, awardSha256, seal, didDocument } : null;
}

/** Whether this process has verified the text of a certificate under the keys that are trusted now, and its row says what it says. */
export function isProven(certificate: CertificateFacts, issuer: Issuer): boolean {
  const text = textOf(certificate, issuer);
  return text !== null && provenStatement(text) === stated(certificate);
}

/**
 * What the page says of a certificate, and where its status bit is. It must equal what was signed: somebody who can write
 * to the database can change a row, but cannot sign.
 */
const stated = ({ id, facts, awardedAt, validUntil }: CertificateFacts): string =>
  JSON.stringify([
    `urn:uuid:${id}`,
    facts.name.normalize('NFC'),
    achievementName(facts.course).normalize('NFC'),
    timestamp(awardedAt),
    validUntil === null ? null : timestamp(validUntil),
    `${statusListUrl(facts.baseUrl, facts.statusList.id)}#${facts.statusList.index}`,
  ]);
