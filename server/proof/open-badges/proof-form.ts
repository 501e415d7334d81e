import type { Json } from '../../platform/lib/canonical-json.js';
import type { DidDocument, VerificationMethod } from './did.js';
import { isObject, type JsonObject } from './strict-form.js';

/** What is wrong with a proof. */
export type ProofFault = 'wrong-proofs' | 'unknown-key' | 'withdrawn-key' | 'bad-signature';

/** The two proofs of a document: one for linked-data readers, one byte-strict. Null unless it has exactly these. */
export function ourPair(proofs: Json | undefined): { linked: JsonObject; strict: JsonObject } | null {
  if (!Array.isArray(proofs) || proofs.length !== 2) return null;
  const [linked, strict] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'].map(suite =>
    (proofs as Json[]).find(each => isObject(each) && each['cryptosuite'] === suite),
  );
  return isObject(linked) && isObject(strict) ? { linked, strict } : null;
}

/** The key that a proof names, if the proof has our form and the DID document vouches for the key. */
export function methodBehind(
  proof: JsonObject,
  document: JsonObject,
  did: DidDocument,
): VerificationMethod | ProofFault {
  if (!hasOurForm(proof, document)) return 'wrong-proofs';
  const method = did.verificationMethod.find(each => each.id === proof['verificationMethod']);
  if (!method || method.controller !== did.id) return 'unknown-key';
  return did.assertionMethod.includes(method.id) ? method : 'withdrawn-key';
}

/** A proof as we write it and nothing more: no `expires`, no `domain`, no second spelling of a signature. */
function hasOurForm(proof: JsonObject, document: JsonObject): boolean {
  const { type, created, cryptosuite, proofPurpose, proofValue, verificationMethod, ...rest } = proof;
  const context = cryptosuite === 'eddsa-jcs-2022' ? { '@context': document['@context'] } : {};
  return (
    type === 'DataIntegrityProof' &&
    proofPurpose === 'assertionMethod' &&
    typeof verificationMethod === 'string' &&
    typeof created === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(created) &&
    typeof proofValue === 'string' &&
    /^z[1-9A-HJ-NP-Za-km-z]{64,90}$/.test(proofValue) &&
    JSON.stringify(rest) === JSON.stringify(context)
  );
}
