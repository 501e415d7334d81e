import type { DidDocument } from '../did.js';

/** The DID document of an Ed25519 did:key, whose name is its key; null for any other text. */
export function didKeyDocument(did: string): DidDocument | null {
  const key = /^did:key:(z6Mk[1-9A-HJ-NP-Za-km-z]{44})$/.exec(did)?.[1];
  if (!key) return null;
  const method = `${did}#${key}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs: [],
    verificationMethod: [{ id: method, type: 'Multikey', controller: did, publicKeyMultibase: key }],
    assertionMethod: [method],
  };
}
