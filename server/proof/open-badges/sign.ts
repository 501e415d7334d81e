import { createHash } from 'node:crypto';
import { timestamp } from './credential.js';
import type { Signer } from './issuer-key.js';
import type { DocumentLoader } from './document-loader.js';
import { createProofs } from './proofs.js';

/** A signed document: the exact text to store and to serve (UTF-8), and its SHA-256 in hex. */
export type SignedDocument = { text: string; sha256: string };

/** A document that we sign: a certificate or a status list. */
export type Unsecured = {
  readonly '@context': readonly string[];
  readonly issuer: string | { readonly id: string };
};

/**
 * Sign with both proofs. A signed text is never signed again: it is stored and served as it is.
 * @throws Error when the signer is not a key of the document's issuer, or a term is not in its contexts.
 */
export async function signCredential(input: {
  credential: Unsecured;
  signer: Signer;
  now: number;
  loader: DocumentLoader;
}): Promise<SignedDocument> {
  const { credential, signer, now, loader } = input;
  const issuer = typeof credential.issuer === 'string' ? credential.issuer : credential.issuer.id;
  if (!signer.id.startsWith(`${issuer}#`)) throw new Error(`${signer.id} is not a key of ${issuer}`);
  const proof = await createProofs({ document: credential, signer, created: timestamp(now), loader });
  const text = JSON.stringify({ ...credential, proof });
  return { text, sha256: hashOf(text) };
}

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
