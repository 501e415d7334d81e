import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { canonicalQuads } from './canonical-quads.js';
import type { DidDocument } from './did.js';
import type { Signer } from './issuer-key.js';
import { documentLoader, type DocumentLoader } from './document-loader.js';
import { keyVerifier as createVerifier } from './key-verifier.js';
import { linkedSuite } from './linked-suite.js';
import { methodBehind, ourPair, type ProofFault } from './proof-form.js';
import { isObject, type JsonObject } from './strict-form.js';

const CONTROLLER_CONTEXT = 'https://w3id.org/security/multikey/v1';

/** The suite for linked data that processes what many documents have in common only once. */
const quick = { ...linkedSuite, canonize: canonicalQuads };

const verifierOf = (suite: object) => new DataIntegrityProof({ cryptosuite: { ...suite, createVerifier } });
const strictVerifier = verifierOf(createVerifyCryptosuite());
const linkedVerifiers = { plain: verifierOf(linkedSuite), quick: verifierOf(quick) };

/**
 * How the linked-data proof is verified: `plain`, with the library alone, or `quick`, as we sign. Files of strangers are
 * verified the plain way.
 */
export type ProofReading = keyof typeof linkedVerifiers;

/** Both proofs over the same unsecured document, so that each stands alone. `created` is a timestamp. */
export async function createProofs(input: {
  document: object;
  signer: Signer;
  created: string;
  loader: DocumentLoader;
}): Promise<object[]> {
  const { document, signer, created: date, loader } = input;
  const suites = [quick, createSignCryptosuite()].map(
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
  return singleFault(proof, document, did, strictVerifier);
}

const purpose = { update: async (proof: object) => ({ ...proof, proofPurpose: 'assertionMethod' }) };

/**
 * What is wrong with the proofs of a document in strict form: null when it has exactly our two proofs, and both verify
 * with a key that the DID document asserts. The libraries by themselves accept one of the two.
 */
export async function proofFault(
  secured: JsonObject,
  did: DidDocument,
  reading: ProofReading = 'plain',
): Promise<ProofFault | null> {
  const { proof: proofs, ...document } = secured;
  const pair = ourPair(proofs);
  if (!pair) return 'wrong-proofs';
  // The byte-strict one first: what was altered never reaches the linked-data libraries, which are slow.
  return (
    (await singleFault(pair.strict, document, did, strictVerifier)) ??
    singleFault(pair.linked, document, did, linkedVerifiers[reading])
  );
}

async function singleFault(
  proof: JsonObject,
  document: JsonObject,
  did: DidDocument,
  verifier: DataIntegrityProof,
): Promise<ProofFault | null> {
  const method = methodBehind(proof, document, did);
  if (typeof method === 'string') return method;
  const key = { '@context': CONTROLLER_CONTEXT, ...method };
  const { verified } = await verifier.verifyProof({
    document: { ...document },
    proof,
    documentLoader: documentLoader(new Map([[method.id, key]])),
  });
  return verified ? null : 'bad-signature';
}
