import { readAchievement } from './achievement.js';
import type { UnsignedCredential } from './credential.js';

/** What a certificate says, read from the signed text itself. Times are epoch milliseconds. */
export type SignedFacts = {
  name: string;
  /** `subject` completes "awareness training in …"; null where the award named none. `showed`: what was assessed. */
  course: { title: string; subject: string | null; showed: string; version: string };
  issuer: { did: string; name: string };
  awardedAt: number;
  validUntil: number | null;
  /** Length, arranger and assurance, in sentences. */
  narrative: string;
  /** What was reached in each quiz and what was asked for, in whole percent. */
  results: readonly { title: string; percent: number; requiredPercent: number }[];
  /** The public key that signed, in multibase. */
  key: string;
};

type Signed = UnsignedCredential & { proof: readonly { verificationMethod: string }[] };

/** Reads a certificate that this installation signed. What others hand in goes through `verifyCredential`. */
export function readSigned(text: string): SignedFacts {
  const { issuer, credentialSubject: subject, validFrom, validUntil, proof } = JSON.parse(text) as Signed;
  return {
    name: subject.identifier[0]?.identityHash ?? '',
    course: { ...readAchievement(subject.achievement), version: subject.achievement.version },
    issuer: { did: issuer.id, name: issuer.name },
    awardedAt: Date.parse(validFrom),
    validUntil: validUntil === undefined ? null : Date.parse(validUntil),
    narrative: fromMarkdown(subject.narrative),
    results: subject.result.flatMap(each => readResult(each, subject.achievement) ?? []),
    key: proof[0]?.verificationMethod.split('#')[1] ?? '',
  };
}

type Subject = UnsignedCredential['credentialSubject'];

/** A result with its description. Null for what is no quiz: the planned length. */
function readResult(
  { resultDescription, value }: Subject['result'][number],
  { resultDescription: all }: Subject['achievement'],
) {
  const found = all.find(({ id }) => id === resultDescription);
  if (!found || !('requiredValue' in found)) return null;
  return { title: found.name, percent: Number(value), requiredPercent: Number(found.requiredValue) };
}

/** Takes back what kept a name from becoming a link where narratives are shown as Markdown. */
function fromMarkdown(text: string): string {
  return text.replace(/\\([\\`*_[\]<>~|])/g, '$1');
}
