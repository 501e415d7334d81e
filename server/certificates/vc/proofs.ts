import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import type { DidDocument } from './did.js';
import type { Signer } from './keys.js';
import { documentLoader, type DocumentLoader } from './loader.js';
import { methodBehind, ourPair, type ProofFault } from './proof-form.js';
import { isObject, type JsonObject } from './strict-form.js';

const CONTROLLER_CONTEXT = 'https://w3id.org/security/multikey/v1';

const verifiers = new Map<unknown, DataIntegrityProof>([
  ['eddsa-rdfc-2022', new DataIntegrityProof({ cryptosuite: rdfc })],
  ['eddsa-jcs-2022', new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })],
]);

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

/** The byte-strict proof alone, for documents that are plain JSON and no linked data. */
export function createJsonProof(document: object, signer: Signer, created: string): Promise<object> {
  const suite = new DataIntegrityProof({ cryptosuite: createSignCryptosuite(), signer, date: created });
  return suite.createProof({ document: { ...document }, purpose, documentLoader: documentLoader() });
}

/** What is wrong with the one byte-strict proof of a plain JSON document; null when it holds. */
export async function jsonProofFault(secured: JsonObject, did: DidDocument): Promise<ProofFault | null> {
  const { proof, ...document } = secured;
  if (!isObject(proof) || proof['cryptosuite'] !== 'eddsa-jcs-2022') return 'wrong-proofs';
  return singleFault(proof, document, did);
}

const purpose = { update: async (proof: object) => ({ ...proof, proofPurpose: 'assertionMethod' }) };

/**
 * What is wrong with the proofs of a document in strict form: null when it has exactly our two proofs and
 * both verify with a key that the DID document asserts. Plain libraries are content with one of them.
 */
export async function proofFault(secured: JsonObject, did: DidDocument): Promise<ProofFault | null> {
  const { proof: proofs, ...document } = secured;
  const pair = ourPair(proofs);
  if (!pair) return 'wrong-proofs';
  // The byte-strict one first: what strangers altered never reaches the linked-data libraries, which are slow.
  return (await singleFault(pair.strict, document, did)) ?? singleFault(pair.linked, document, did);
}

async function singleFault(
  proof: JsonObject,
  document: JsonObject,
  did: DidDocument,
): Promise<ProofFault | null> {
  const method = methodBehind(proof, document, did);
  if (typeof method === 'string') return method;
  const key = { '@context': CONTROLLER_CONTEXT, ...method };
  const verifier = verifiers.get(proof['cryptosuite']);
  const result = await verifier?.verifyProof({
    document: { ...document },
    proof,
    documentLoader: documentLoader(new Map([[method.id, key]])),
  });
  return result?.verified ? null : 'bad-signature';
}
