import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import type { DidDocument } from './did.js';
import type { Signer } from './keys.js';
import { documentLoader, type DocumentLoader } from './loader.js';
import type { JsonObject } from './strict-form.js';

const CONTROLLER_CONTEXT = 'https://w3id.org/security/multikey/v1';

/** The proofs of our documents, in this order: the first for linked-data readers, the second byte-strict. */
const SUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const;

const verifiers = new Map<unknown, DataIntegrityProof>([
  ['eddsa-rdfc-2022', new DataIntegrityProof({ cryptosuite: rdfc })],
  ['eddsa-jcs-2022', new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })],
]);

export type ProofFault = 'wrong-proofs' | 'unknown-key' | 'withdrawn-key' | 'bad-signature';

/** Both proofs over the same unsecured document, so that each stands alone. `created` is a timestamp. */
export async function createProofs(input: {
  document: object;
  signer: Signer;
  created: string;
  loader: DocumentLoader;
}): Promise<object[]> {
  const { document, signer, created: date, loader } = input;
  const suites = [rdfc, createSignCryptosuite()].map(
    cryptosuite => new DataIntegrityProof({ cryptosuite, signer, date }),
  );
  return Promise.all(
    suites.map(suite => suite.createProof({ document: { ...document }, purpose, documentLoader: loader })),
  );
}

const purpose = { update: async (proof: object) => ({ ...proof, proofPurpose: 'assertionMethod' }) };

/**
 * What is wrong with the proofs of a document in strict form: null when it has exactly our two proofs and
 * both verify with a key that the DID document asserts. Plain libraries are content with one of them.
 */
export async function proofFault(secured: JsonObject, did: DidDocument): Promise<ProofFault | null> {
  const { proof: proofs, ...document } = secured;
  if (!Array.isArray(proofs) || proofs.length !== SUITES.length) return 'wrong-proofs';
  for (const suite of SUITES) {
    const proof = (proofs as JsonObject[]).find(each => each?.['cryptosuite'] === suite);
    const fault = proof ? await singleFault(proof, document, did) : 'wrong-proofs';
    if (fault) return fault;
  }
  return null;
}

async function singleFault(
  proof: JsonObject,
  document: JsonObject,
  did: DidDocument,
): Promise<ProofFault | null> {
  if (!hasOurForm(proof, document)) return 'wrong-proofs';
  const method = did.verificationMethod.find(each => each.id === proof['verificationMethod']);
  if (!method || method.controller !== did.id) return 'unknown-key';
  if (!did.assertionMethod.includes(method.id)) return 'withdrawn-key';
  const key = { '@context': CONTROLLER_CONTEXT, ...method };
  const verifier = verifiers.get(proof['cryptosuite']);
  const result = await verifier?.verifyProof({
    document: { ...document },
    proof,
    documentLoader: documentLoader(new Map([[method.id, key]])),
  });
  return result?.verified ? null : 'bad-signature';
}

/** A proof as we write it and nothing more: no `expires`, `domain` or second spelling of a signature. */
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
