import { foldedWords } from '../../lib/folding.js';
import { endDoubt, noteDoubt, type Doubt } from './doubts.js';
import type { CertificateFacts } from '../queries.js';
import { signedFacts } from '../ledger/intact.js';
import type { Issuer } from '../issuer/issuer.js';
import { openedList } from '../status-lists/cache.js';
import { certificateState, type CertificateState } from '../lifecycle/validity.js';
import { achievementName } from '../../open-badges/achievement.js';
import { statusListUrl, timestamp, type UnsignedCredential } from '../../open-badges/credential.js';
import { sha256 } from '../../open-badges/sign.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { sealHolds } from '../ledger/seal.js';
import { bitAt } from '../../open-badges/status-list.js';
import { verifyCredential } from '../../open-badges/verify.js';

/** What a stranger is told. */
export type PublicVerdict = CertificateState;

interface Judged {
  readonly verdict: PublicVerdict;
  readonly doubt: Doubt | null;
}

/**
 * The verdict on a certificate we know. Its row is compared with the ledger whenever it is read; the stored bytes are
 * checked as strictly as a stranger would, once for each text and signing key in a process; rulings and dates are looked
 * at each time, and so is the bit in the signed list: where it says more than our rows do, a row is gone, and nothing is
 * to be relied on. What does not hold is noted, and taken back once it holds again.
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

/** What may be shown of a certificate: what was signed. Null where we cannot tell. */
export const shownFacts = (certificate: CertificateFacts, verdict: PublicVerdict): SignedFacts | null =>
  certificate.isIntact && verdict !== 'cannot-tell' ? signedFacts(certificate) : null;

/** Why there is no verdict, for machines: records are missing, or something did not hold. */
export const reasonForNoVerdict = (issuer: Issuer): 'records-incomplete' | 'check-failed' =>
  issuer.mayHaveForgotten() ? 'records-incomplete' : 'check-failed';

const RULED: ReadonlySet<CertificateState> = new Set(['revoked', 'superseded', 'suspended']);

async function judge(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<Judged> {
  const stands = certificateState(certificate, now);
  if (!certificate.isIntact) return { verdict: stands, doubt: 'record' };
  if (RULED.has(stands)) return { verdict: stands, doubt: null };
  // Awarded by a clock that was ahead.
  if (Date.parse(timestamp(certificate.awardedAt)) > now) return { verdict: 'cannot-tell', doubt: null };
  if (issuer.mayHaveForgotten()) return { verdict: 'cannot-tell', doubt: null };
  await issuer.refresh();
  if (!(await signatureHolds(certificate, issuer, now)))
    return { verdict: 'cannot-tell', doubt: 'signature' };
  const bit = await bitOf(certificate, issuer, now);
  if (bit === 'good') return { verdict: stands, doubt: null };
  return { verdict: 'cannot-tell', doubt: bit === 'revoked' ? 'ruling' : null };
}

/**
 * Whether a certificate is stored as it was signed, so that papers and packs may be made of it. The key of one that was
 * ruled on need not be trusted any more: of that one the row alone is asked.
 */
export async function isAsSigned(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<boolean> {
  if (!certificate.isIntact || RULED.has(certificateState(certificate, now))) return certificate.isIntact;
  await issuer.refresh();
  return signatureHolds(certificate, issuer, now);
}

async function bitOf({ facts }: CertificateFacts, issuer: Issuer, now: number) {
  const { id, index } = facts.statusList;
  const list = await openedList(id, issuer, now);
  return list === null ? 'unknown' : bitAt(list.bits, index).state;
}

/** What the texts that held say, by the hash of text, award, seal and trusted keys. What did not hold is looked at anew each time. */
const checked = new Map<string, string>();

/** Of one that is intact: its text gives the hash that it names. */
async function signatureHolds(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  const { credential, sha256: issued, awardSha256, seal } = certificate;
  if (!credential || !issued || !awardSha256) return false;
  const key = sha256(`${issued} ${awardSha256} ${seal} ${issuer.document.assertionMethod.join()}`);
  const known = checked.get(key);
  if (known !== undefined) return known === said(certificate);
  // How it stands in its list is asked each time, apart from this.
  const { credential: signed } = await verifyCredential({
    text: credential,
    didDocument: issuer.document,
    now,
    expectSha256: issued,
  });
  if (!signed) return false;
  if (!(await sealHolds(seal, awardSha256, issuer.document))) return false;
  if (checked.size > 50_000) checked.clear();
  checked.set(key, signedIn(signed));
  return signedIn(signed) === said(certificate);
}

/** What the page tells of a certificate, and where it looks for its bit. It must be what was signed: whoever can write to the database can change a row, but sign nothing. */
const said = ({ id, facts, awardedAt, validUntil }: CertificateFacts): string =>
  JSON.stringify([
    `urn:uuid:${id}`,
    facts.name.normalize('NFC'),
    achievementName(facts.course).normalize('NFC'),
    timestamp(awardedAt),
    validUntil === null ? null : timestamp(validUntil),
    `${statusListUrl(facts.baseUrl, facts.statusList.id)}#${facts.statusList.index}`,
  ]);

const signedIn = (signed: UnsignedCredential): string => {
  const { id, validFrom, validUntil = null, credentialSubject, credentialStatus } = signed;
  const { identifier, achievement } = credentialSubject;
  const [name] = identifier;
  return JSON.stringify([
    id,
    name?.identityHash,
    achievement.name,
    validFrom,
    validUntil,
    credentialStatus.id,
  ]);
};

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** "A•• M•••••": enough for its holder to recognise, too little for anybody else. */
export function maskName(name: string): string {
  return name
    .split(' ')
    .map(word =>
      Array.from(segments.segment(word), ({ segment }, index) => (index === 0 ? segment : '•')).join(''),
    )
    .join(' ');
}

/** Whether two names are the same for a person at a gate: accents, case, order and punctuation aside. */
export function sameName(typed: string, printed: string): boolean {
  const parts = (name: string) => foldedWords(name).sort().join(' ');
  const wanted = parts(printed);
  return wanted !== '' && parts(typed) === wanted;
}
