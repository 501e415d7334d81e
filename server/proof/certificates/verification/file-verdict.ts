import { findCertificate, type CertificateFacts } from '../queries.js';
import type { Issuer } from '../issuer/issuer.js';
import { signedFacts } from '../ledger/intact.js';
import type { Examined } from '../../open-badges/files/examine.js';
import type { FileReader } from '../../open-badges/files/reader-thread.js';
import type { DidDocument } from '../../open-badges/did.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { isProven, verdictOn, type PublicVerdict } from './verdict.js';

/**
 * The answer to somebody who uploads a file. It never says why a file was refused, which would only help a forger. `facts`
 * is everything that was signed: whoever has the file has it already. `certificate` is our certificate with its number.
 * For a file of another issuer the answer names the signer, when the signatures hold, and whether this installation trusts
 * them; it never shows another issuer's claims as ours.
 */
export type FileAnswer =
  | { verdict: PublicVerdict; facts: SignedFacts | null; certificate: CertificateFacts | null }
  | { verdict: 'not-ours'; signedBy: string | null; trusted: boolean }
  | { verdict: 'altered' | 'unreadable' };

export type FileVerdict = FileAnswer['verdict'];

/** The verdict on a file. It counts as ours only when it contains the exact bytes that were issued. */
export async function verdictOnFile(
  file: Uint8Array,
  deps: { issuer: Issuer; reader: FileReader; others: readonly DidDocument[] },
  now: number,
): Promise<FileAnswer> {
  const { issuer, reader, others } = deps;
  await issuer.refresh();
  const look = { file, ours: issuer.document, others, now };
  const first = await reader({ ...look, isFirstLook: true });
  if (first?.kind !== 'named-ours') return answerTo(first, deps, now);
  return (await answerUnchanged(first, issuer, now)) ?? answerTo(await reader(look), deps, now);
}

async function answerTo(
  examined: Examined | null,
  { issuer, others }: { issuer: Issuer; others: readonly DidDocument[] },
  now: number,
): Promise<FileAnswer> {
  if (examined === null) return { verdict: 'cannot-tell', facts: null, certificate: null };
  if (examined.kind === 'ours') return answerOurs(examined, issuer, now);
  return examined.kind === 'other' ? answerOther(examined, others) : { verdict: 'unreadable' };
}

/** The file contains, byte for byte, a text that this process has proven under the keys of now; null: it has to be verified itself. */
async function answerUnchanged(
  { id, sha256 }: Extract<Examined, { kind: 'named-ours' }>,
  issuer: Issuer,
  now: number,
): Promise<FileAnswer | null> {
  const certificate = await findCertificate(id);
  if (certificate?.sha256 !== sha256 || !isProven(certificate, issuer)) return null;
  const verdict = await verdictOn(certificate, issuer, now);
  return { verdict, facts: signedFacts(certificate), certificate };
}

/**
 * The state of the certificate comes first: after its key was compromised, it is superseded and not altered. A certificate
 * that we signed and no longer know (its row is gone) cannot be relied on.
 */
async function answerOurs(
  { id, sha256, facts }: Extract<Examined, { kind: 'ours' }>,
  issuer: Issuer,
  now: number,
): Promise<FileAnswer> {
  const certificate = await findCertificate(id);
  const issued = certificate?.issuedAt == null ? null : certificate;
  // The row was edited, so a file that differs from it need not be altered.
  if (issued && (issued.sha256 === sha256 || !issued.isIntact)) {
    const verdict = await verdictOn(issued, issuer, now);
    if (!issued.isIntact) return { verdict, facts: null, certificate: issued };
    if (facts !== null || verdict !== 'valid') return { verdict, facts, certificate: issued };
  }
  // A restored older copy of the database may hold an older text of the certificate.
  const isOther = issued !== null && !issuer.mayHaveForgotten();
  if (facts === null || isOther) return { verdict: 'altered' };
  return { verdict: 'cannot-tell', facts: null, certificate: null };
}

function answerOther(
  { did, state }: Extract<Examined, { kind: 'other' }>,
  others: readonly DidDocument[],
): FileAnswer {
  if (state === 'altered') return { verdict: 'altered' };
  const holds = state === 'holds';
  return {
    verdict: 'not-ours',
    signedBy: holds ? did : null,
    trusted: holds && others.some(({ id }) => id === did),
  };
}
