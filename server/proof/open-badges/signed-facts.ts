import { readAchievement } from './achievement.js';
import { NOT_COMPARED, UNCHECKED, type UnsignedCredential } from './credential.js';

/** What a certificate says, read from the signed text itself. Times are epoch milliseconds. */
export type SignedFacts = {
  name: string;
  /** `subject` completes "awareness training in …"; null where the award named none. `showed`: what was assessed. */
  course: { title: string; subject: string | null; showed: string; version: string };
  issuer: { did: string; name: string };
  awardedAt: number;
  validUntil: number | null;
  /** The length, who arranged the training and who vouches for the name, in sentences. */
  narrative: string;
  /** The result in each quiz and the result that was required, in whole percent. */
  results: readonly { title: string; percent: number; requiredPercent: number }[];
  /** The public key that signed, in multibase. */
  key: string;
};

type Signed = UnsignedCredential & { proof: readonly { verificationMethod: string }[] };

/** Read a certificate that this installation signed. Texts from elsewhere go through `verifyCredential` first. */
export function readSigned(text: string): SignedFacts {
  const { issuer, credentialSubject: subject, validFrom, validUntil, proof } = JSON.parse(text) as Signed;
  return {
    name: subject.identifier[0]?.identityHash ?? '',
    course: { ...readAchievement(subject.achievement), version: subject.achievement.version },
    issuer: { did: issuer.id, name: issuer.name },
    awardedAt: Date.parse(validFrom),
    validUntil: validUntil === undefined ? null : Date.parse(validUntil),
    narrative: asChecked(fromMarkdown(subject.narrative)),
    results: subject.result.flatMap(each => readResult(each, subject.achievement) ?? []),
    key: proof[0]?.verificationMethod.split('#')[1] ?? '',
  };
}

type Subject = UnsignedCredential['credentialSubject'];

/** A result with its description. Null for the planned length, which is not a quiz. */
function readResult(
  { resultDescription, value }: Subject['result'][number],
  { resultDescription: all }: Subject['achievement'],
) {
  const found = all.find(({ id }) => id === resultDescription);
  if (!found || !('requiredValue' in found)) return null;
  return { title: found.name, percent: Number(value), requiredPercent: Number(found.requiredValue) };
}

/**
 * Older certificates say, signed, that the employer stated the name, and nobody had compared it. Their text stays as it was signed; our
 * pages and papers say of it no more than was checked. Nothing is compared now: what a list says today proves nothing of the award.
 */
const asChecked = (narrative: string): string => narrative.replace(UNCHECKED, NOT_COMPARED);

/** Undo the escapes that keep a name from becoming a link where narratives are rendered as Markdown. */
function fromMarkdown(text: string): string {
  return text.replace(/\\([\\`*_[\]<>~|])/g, '$1');
}
