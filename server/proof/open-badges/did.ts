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

/** The addresses at which an installation has issued: today's, and those that it has left for good. */
export type Addresses = { baseUrl: string; formerBaseUrls: readonly string[] };

/**
 * The issuer's DID document. Retired keys stay in `verificationMethod` and `assertionMethod` for ever,
 * or every certificate they signed would fail; a compromised key leaves `assertionMethod` only. Each
 * trusted key is also given as did:key, so that its certificates can be checked without our domain. So are the DIDs of former
 * addresses (`alsoKnownAs`, DID Core 5.1.3): what was signed there was signed with these keys.
 */
export function didDocument({
  baseUrl,
  formerDids = [],
  keys,
}: {
  baseUrl: string;
  formerDids?: readonly string[];
  keys: readonly PublishedKey[];
}): DidDocument {
  const id = issuerDid(baseUrl);
  const former = [...new Set(formerDids)].filter(did => did !== id);
  const trusted = keys.filter(key => key.compromisedAt === null);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    alsoKnownAs: [...trusted.map(key => `did:key:${key.publicKeyMultibase}`), ...former],
    verificationMethod: keys.map(({ publicKeyMultibase }) => ({
      id: `${id}#${publicKeyMultibase}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase,
    })),
    assertionMethod: trusted.map(key => `${id}#${key.publicKeyMultibase}`),
  };
}

/**
 * The DID document under the id by which a signed text names its issuer: the document itself, or the same keys under the id of a
 * former address. Null when the text names somebody else. This is the one place that says whose name counts as the issuer's.
 */
export function documentNamed(document: DidDocument, issuer: unknown): DidDocument | null {
  if (issuer === document.id) return document;
  if (typeof issuer !== 'string' || !formerDids(document).includes(issuer)) return null;
  const renamed = (id: string) => `${issuer}${id.slice(document.id.length)}`;
  return {
    ...document,
    id: issuer,
    verificationMethod: document.verificationMethod.map(method => ({
      ...method,
      id: renamed(method.id),
      controller: issuer,
    })),
    assertionMethod: document.assertionMethod.map(renamed),
  };
}

/** Whether two URLs of the issuer lead to the same place, one of them perhaps at a former address. did:web does not tell a scheme. */
export function isSamePlace(document: DidDocument, one: string, other: string): boolean {
  return one === other || placeIn(document, one) === placeIn(document, other);
}

function placeIn(document: DidDocument, url: string): string {
  const place = url.replace(/^https?:\/\//, '');
  const base = [document.id, ...formerDids(document)]
    .map(addressIn)
    .find(each => place.startsWith(`${each}/`));
  return base === undefined ? url : place.slice(base.length);
}

const formerDids = ({ alsoKnownAs }: DidDocument): string[] =>
  alsoKnownAs.filter(id => id.startsWith('did:web:'));

/** Host and path of a did:web. */
const addressIn = (did: string): string =>
  did.slice('did:web:'.length).split(':').map(decodeURIComponent).join('/');
