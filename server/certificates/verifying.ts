import { foldedWords } from '../lib/folding.js';
import type { CertificateFacts } from './finding.js';
import type { Issuer } from './issuer.js';
import { openedList } from './opened-lists.js';
import { latestList } from './status-lists.js';
import { standing, type Standing } from './validity.js';
import { achievementName } from './vc/achievement.js';
import { statusListUrl, timestamp, type UnsignedCredential } from './vc/credential.js';
import { sha256 } from './vc/issue.js';
import { bitAt } from './vc/status-list.js';
import { verifyCredential } from './vc/verify.js';

/** What a stranger is told. `cannot-tell` fails closed: something that should hold does not. */
export type PublicVerdict = Standing | 'cannot-tell';

/**
 * The verdict on a certificate we know. The stored bytes are checked as strictly as a stranger would, once
 * for each text and signing key in a process; rulings and dates are looked at each time, and so is the bit in
 * the signed list: where it says more than our rows do, a row is gone, and nothing is to be relied on.
 */
export async function verdictOn(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<PublicVerdict> {
  const stands = standing(certificate, now);
  if (stands === 'revoked' || stands === 'superseded' || stands === 'suspended') return stands;
  if (issuer.mayHaveForgotten()) return 'cannot-tell';
  await issuer.refresh();
  const holds = await signatureHolds(certificate, issuer, now);
  return holds && (await bitIsClear(certificate, issuer, now)) ? stands : 'cannot-tell';
}

/** Why there is no verdict, for machines: records are missing, or something did not hold. */
export const whyNot = (issuer: Issuer): 'records-incomplete' | 'check-failed' =>
  issuer.mayHaveForgotten() ? 'records-incomplete' : 'check-failed';

async function bitIsClear({ facts }: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  const { id, index } = facts.statusList;
  const list = await openedList(id, issuer, now);
  return list !== null && bitAt(list.bits, index).state === 'good';
}

/** What the texts that held say, by hash and trusted keys. A text that did not hold is looked at anew each time. */
const checked = new Map<string, string>();

async function signatureHolds(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  const { credential, sha256: issued, facts } = certificate;
  if (!credential || sha256(credential) !== issued) return false;
  const key = `${issued} ${issuer.document.assertionMethod.join()}`;
  const known = checked.get(key);
  if (known !== undefined) return known === said(certificate);
  const list = await latestList(facts.statusList.id);
  const { verdict, credential: signed } = await verifyCredential({
    text: credential,
    didDocument: issuer.document,
    now,
    statusList: list?.content ?? null,
    expectSha256: issued,
  });
  if (!signed || (verdict !== 'valid' && verdict !== 'expired')) return false;
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
