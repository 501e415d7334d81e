import type { CertificateFacts } from './finding.js';
import type { Issuer } from './issuer.js';
import { currentList } from './status-lists.js';
import { standing } from './validity.js';
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

/** Texts that held, by hash and trusted keys. A text that did not hold is looked at anew each time. */
const checked = new Set<string>();

async function signatureHolds(
  { credential, sha256: issued, facts }: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<boolean> {
  if (!credential || sha256(credential) !== issued) return false;
  const key = `${issued} ${issuer.document.assertionMethod.join()}`;
  if (checked.has(key)) return true;
  const list = await currentList(facts.statusList.id, issuer, now);
  const { verdict } = await verifyCredential({
    text: credential,
    didDocument: issuer.document,
    now,
    statusList: list?.content ?? null,
    expectSha256: issued,
  });
  const holds = verdict === 'valid' || verdict === 'expired';
  if (checked.size > 50_000) checked.clear();
  if (holds) checked.add(key);
  return holds;
}

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
  const parts = (name: string) =>
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .split(' ')
      .sort()
      .join(' ');
  const wanted = parts(printed);
  return wanted !== '' && parts(typed) === wanted;
}
