import { findCertificate, type CertificateFacts } from '../queries.js';
import type { Issuer } from '../issuer/issuer.js';
import type { Examined } from '../../open-badges/files/examine.js';
import type { Reader } from '../../open-badges/files/reader-thread.js';
import type { DidDocument } from '../../open-badges/did.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { verdictOn, type PublicVerdict } from './verdict.js';

/**
 * What somebody who hands in a file is told. Why a file was refused is never told: it would help only whoever
 * forges one. `facts` are what was signed, in full: whoever has the file has them already. `certificate` is ours
 * that bears its number. Of another issuer it is said who signed (when the signatures hold), and whether this
 * installation trusts them; its claims are never shown as if they were ours.
 */
export type FileAnswer =
  | { verdict: PublicVerdict; facts: SignedFacts | null; certificate: CertificateFacts | null }
  | { verdict: 'not-ours'; signedBy: string | null; trusted: boolean }
  | { verdict: 'altered' | 'unreadable' };

export type FileVerdict = FileAnswer['verdict'];

/** The verdict on a file. It counts as ours only when it holds the very bytes that were issued. */
export async function verdictOnFile(
  file: Uint8Array,
  deps: { issuer: Issuer; reader: Reader; others: readonly DidDocument[] },
  now: number,
): Promise<FileAnswer> {
  const { issuer, reader, others } = deps;
  await issuer.refresh();
  const examined = await reader({ file, ours: issuer.document, others, now });
  if (examined === null) return { verdict: 'cannot-tell', facts: null, certificate: null };
  if (examined.kind === 'unreadable') return { verdict: 'unreadable' };
  return examined.kind === 'ours' ? answerOurs(examined, issuer, now) : answerOther(examined, others);
}

/**
 * Rulings come first: a certificate whose key was compromised later is replaced, not altered. One that we signed
 * and do not know (its row is gone) is not to be relied on.
 */
async function answerOurs(
  { id, sha256, facts }: Extract<Examined, { kind: 'ours' }>,
  issuer: Issuer,
  now: number,
): Promise<FileAnswer> {
  const certificate = await findCertificate(id);
  const issued = certificate?.issuedAt == null ? null : certificate;
  // Beside an edited row no file can be called altered.
  if (issued && (issued.sha256 === sha256 || !issued.isIntact)) {
    const verdict = await verdictOn(issued, issuer, now);
    if (!issued.isIntact) return { verdict, facts: null, certificate: issued };
    if (facts !== null || verdict !== 'valid') return { verdict, facts, certificate: issued };
  }
  // An older copy of the database knows an older text of it.
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
