import type { UnsignedCredential } from './credential.js';
import { documentNamed, type DidDocument } from './did.js';
import { hashOf } from './sign.js';
import { CERTIFICATE_CONTEXTS } from './document-loader.js';
import type { ProofFault } from './proof-form.js';
import { proofFault, type ProofReading } from './proofs.js';
import { readStatus, type OpenList, type StatusDoubt } from './status-list.js';
import {
  formFault,
  issuerId,
  parseCapped,
  type FormFault,
  type JsonObject,
  type Unreadable,
} from './strict-form.js';

export type Verdict =
  'valid' | 'expired' | 'not-yet-valid' | 'revoked' | 'not-ours' | 'tampered' | 'status-unknown';

export type VerificationReason =
  | Unreadable
  | FormFault
  | ProofFault
  | StatusDoubt
  | 'other-issuer'
  | 'other-bytes'
  | 'wrong-type'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked';

/** `credential` is what was signed, and there only if both proofs are valid: show it, never what else the file says. */
export type Verification = {
  verdict: Verdict;
  reasons: VerificationReason[];
  credential?: UnsignedCredential;
};

type Input = {
  text: string;
  didDocument: DidDocument;
  now: number;
  statusList?: string | OpenList | null;
  expectSha256?: string;
  reading?: ProofReading;
};

/**
 * Verify a certificate with nothing but its text, our DID document and (for revocation) the status list that it names, as
 * text or opened before. This is stricter than the public libraries, each of which accepts some forgeries: see
 * `strict-form.ts`. With `expectSha256` the text must also be the very bytes that were issued. What is certain comes first
 * (not ours, tampered, revoked, expired, not yet valid), then doubt about the status; `valid` is what is left.
 */
export async function verifyCredential(input: Input): Promise<Verification> {
  const document = parseCapped(input.text);
  if (typeof document === 'string') return { verdict: 'not-ours', reasons: [document] };
  const didDocument = documentNamed(input.didDocument, issuerId(document));
  if (!didDocument) return { verdict: 'not-ours', reasons: ['other-issuer'] };
  const fault = await integrityFault({ ...input, didDocument }, document);
  if (fault) return { verdict: 'tampered', reasons: [fault] };
  return verdictOn(input, document as UnsignedCredential & JsonObject);
}

async function integrityFault(
  { text, didDocument, expectSha256, reading }: Input,
  document: JsonObject,
): Promise<VerificationReason | null> {
  const form = formFault(text, document, CERTIFICATE_CONTEXTS);
  if (form) return form;
  const types = document['type'];
  if (!Array.isArray(types) || !types.includes('OpenBadgeCredential')) return 'wrong-type';
  const proof = await proofFault(document, didDocument, reading);
  if (proof) return proof;
  return expectSha256 !== undefined && expectSha256 !== hashOf(text) ? 'other-bytes' : null;
}

/** Both proofs are valid here, so the fields are those that `buildCredential` wrote. */
async function verdictOn(input: Input, credential: UnsignedCredential): Promise<Verification> {
  const { now, didDocument, statusList = null } = input;
  const { validFrom, validUntil, credentialStatus } = credential;
  const status = await readStatus({
    list: statusList,
    url: credentialStatus.statusListCredential,
    index: Number(credentialStatus.statusListIndex),
    didDocument,
    now,
  });
  const reasons: VerificationReason[] = [];
  if (status.state === 'revoked') reasons.push('revoked');
  if (validUntil !== undefined && Date.parse(validUntil) <= now) reasons.push('expired');
  if (Date.parse(validFrom) > now) reasons.push('not-yet-valid');
  if (status.state === 'unknown') reasons.push(status.reason);
  return { verdict: verdictOf(reasons), reasons, credential };
}

function verdictOf(reasons: readonly VerificationReason[]): Verdict {
  const [first] = reasons;
  if (first === undefined) return 'valid';
  return first === 'revoked' || first === 'expired' || first === 'not-yet-valid' ? first : 'status-unknown';
}
