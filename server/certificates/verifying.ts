import type { CertificateFacts } from './finding.js';
import type { Issuer } from './issuer.js';
import { currentList } from './status-lists.js';
import { standing } from './validity.js';
import { timestamp, type UnsignedCredential } from './vc/credential.js';
import { sha256 } from './vc/issue.js';
import { verifyCredential } from './vc/verify.js';

/** What a stranger is told. `cannot-tell` fails closed: something that should hold does not. */
export type PublicVerdict = 'valid' | 'expired' | 'revoked' | 'cannot-tell';

/**
 * The verdict on a certificate we know. The stored bytes are checked as strictly as a stranger would, once
 * for each text and signing key in a process; revocation and dates are looked at each time.
 */
export async function verdictOn(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<PublicVerdict> {
  const stands = standing(certificate, now);
  if (stands === 'revoked') return 'revoked';
  if (!(await signatureHolds(certificate, issuer, now))) return 'cannot-tell';
  return stands;
}

/** What the texts that held say, by hash and trusted keys. A text that did not hold is looked at anew each time. */
const checked = new Map<string, string>();

async function signatureHolds(certificate: CertificateFacts, issuer: Issuer, now: number): Promise<boolean> {
  const { credential, sha256: issued, facts } = certificate;
  if (!credential || sha256(credential) !== issued) return false;
  const key = `${issued} ${issuer.document.assertionMethod.join()}`;
  const known = checked.get(key);
  if (known !== undefined) return known === said(certificate);
  const list = await currentList(facts.statusList.id, issuer, now);
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

/** What the page tells of a certificate. It must be what was signed: whoever can write to the database can change a row, but sign nothing. */
const said = ({ id, facts, awardedAt, validUntil }: CertificateFacts): string =>
  JSON.stringify([
    `urn:uuid:${id}`,
    facts.name.normalize('NFC'),
    facts.course.title.normalize('NFC'),
    timestamp(awardedAt),
    validUntil === null ? null : timestamp(validUntil),
  ]);

const signedIn = ({ id, validFrom, validUntil, credentialSubject }: UnsignedCredential): string => {
  const { identifier, achievement } = credentialSubject;
  return JSON.stringify([id, identifier[0]?.identityHash, achievement.name, validFrom, validUntil ?? null]);
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

/** Letters that Unicode does not take apart, as people type them who have no such key. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};
const UNPARTED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** Whether two names are the same for a person at a gate: accents, case, order and punctuation aside. */
export function sameName(typed: string, printed: string): boolean {
  const parts = (name: string) =>
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(UNPARTED, letter => PLAIN[letter] ?? letter)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .split(' ')
      .sort()
      .join(' ');
  const wanted = parts(printed);
  return wanted !== '' && parts(typed) === wanted;
}
