import { timestamp } from './credential.js';
import { documentNamed, type DidDocument } from './did.js';
import { hashOf, type SignedDocument } from './sign.js';
import type { Signer } from './issuer-key.js';
import type { ProofFault } from './proof-form.js';
import { createJsonProof, jsonProofFault } from './proofs.js';
import { parseCapped, type JsonObject, type Unreadable } from './strict-form.js';

/**
 * Sign a document that is plain JSON: a head of the ledger, an entry in the log of keys. Its one proof is
 * `eddsa-jcs-2022` (JCS, SHA-256, Ed25519), which any program can verify without linked data.
 */
export async function signJson(document: JsonObject, signer: Signer, now: number): Promise<SignedDocument> {
  const proof = await createJsonProof(document, signer, timestamp(now));
  const text = JSON.stringify({ ...document, proof });
  return { text, sha256: hashOf(text) };
}

/** A signed JSON document if its proof is valid, or why it is not believed. */
export async function readSignedJson(
  text: string,
  did: DidDocument,
): Promise<JsonObject | Unreadable | ProofFault | 'other-issuer'> {
  const document = parseCapped(text);
  if (typeof document === 'string') return document;
  const named = documentNamed(did, document['issuer']);
  if (!named) return 'other-issuer';
  return (await jsonProofFault(document, named)) ?? document;
}
