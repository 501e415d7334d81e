/** A public key of the issuer. A compromised key stays listed, and vouches for nothing. */
export type PublishedKey = { publicKeyMultibase: string; compromisedAt: number | null };

/** A DID document (did:web), as served at `/.well-known/did.json`. */
export type DidDocument = {
  '@context': string[];
  id: string;
  alsoKnownAs: string[];
  verificationMethod: VerificationMethod[];
  assertionMethod: string[];
};

export type VerificationMethod = {
  id: string;
  type: 'Multikey';
  controller: string;
  publicKeyMultibase: string;
};

/**
 * The did:web of an installation: the host, with the port as `%3A8080`. The path of `baseUrl` becomes further parts, as
 * the did:web method says, and the document has to be served at that address.
 */
export function issuerDid(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl);
  const path = pathname.split('/').filter(Boolean);
  return ['did:web', host.replace(':', '%3A'), ...path].join(':');
}

/**
 * The issuer's DID document. Retired keys stay in `verificationMethod` and `assertionMethod` for ever,
 * or every certificate they signed would fail; a compromised key leaves `assertionMethod` only. Each
 * trusted key is also given as did:key, so that its certificates can be checked without our domain.
 */
export function didDocument({
  baseUrl,
  keys,
}: {
  baseUrl: string;
  keys: readonly PublishedKey[];
}): DidDocument {
  const id = issuerDid(baseUrl);
  const trusted = keys.filter(key => key.compromisedAt === null);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    alsoKnownAs: trusted.map(key => `did:key:${key.publicKeyMultibase}`),
    verificationMethod: keys.map(({ publicKeyMultibase }) => ({
      id: `${id}#${publicKeyMultibase}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase,
    })),
    assertionMethod: trusted.map(key => `${id}#${key.publicKeyMultibase}`),
  };
}
