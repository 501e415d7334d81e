import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../../config.js';
import { issuerDid, type DidDocument } from '../../open-badges/did.js';

type Settings = Pick<Config, 'dataDir' | 'trustedIssuers'>;

/** The largest DID document that is accepted, in bytes. One with a few keys takes 2 KB. */
const MAX_BYTES = 64 * 1024;

const text = z.string().min(1).max(500);

/** The parts of a DID document that are read: the keys that make assertions. */
const schema = z.object({
  id: text,
  verificationMethod: z.array(z.looseObject({ id: text, controller: text })).max(50),
  assertionMethod: z.array(z.unknown()).max(50),
});

/**
 * The DID documents of the issuers in TRUSTED_ISSUERS, from `trusted-issuers/<domain>.json` in the data folder, and the
 * domains whose file is missing or belongs to another issuer. `issuers fetch` stores the files.
 */
export function trustedIssuers({ dataDir, trustedIssuers: domains }: Settings): {
  documents: DidDocument[];
  missing: string[];
} {
  const found = domains.map(domain => ({ domain, document: readDocument(fileOf(dataDir, domain), domain) }));
  return {
    documents: found.flatMap(({ document }) => document ?? []),
    missing: found.filter(({ document }) => document === null).map(({ domain }) => domain),
  };
}

/** Store the document of a trusted issuer. Throws when it is too large or belongs to another issuer. */
export function keepTrusted(dataDir: string, domain: string, content: string): void {
  if (!parseDocument(content, domain))
    throw new Error(`${domain}: this is not the DID document of ${didOf(domain)}`);
  mkdirSync(join(dataDir, 'trusted-issuers'), { recursive: true });
  writeFileSync(fileOf(dataDir, domain), content);
}

function readDocument(file: string, domain: string): DidDocument | null {
  try {
    return parseDocument(readFileSync(file, 'utf8'), domain);
  } catch {
    return null;
  }
}

/** Null unless it is the document of that domain. Keys that are not Ed25519, or that another issuer controls, are left out. */
function parseDocument(content: string, domain: string): DidDocument | null {
  if (Buffer.byteLength(content) > MAX_BYTES) return null;
  const parsed = schema.safeParse(JSON.parse(content));
  if (!parsed.success || parsed.data.id !== didOf(domain)) return null;
  const { id, verificationMethod, assertionMethod } = parsed.data;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    alsoKnownAs: [],
    verificationMethod: verificationMethod.flatMap(
      ({ id: method, type, controller, publicKeyMultibase: key }) =>
        type === 'Multikey' && controller === id && typeof key === 'string' && key.startsWith('z6Mk')
          ? { id: method, type, controller, publicKeyMultibase: key }
          : [],
    ),
    assertionMethod: assertionMethod.filter(method => typeof method === 'string'),
  };
}

const didOf = (domain: string): string => issuerDid(`https://${domain}`);

/** A port follows a dash: not every file system accepts a colon. */
const fileOf = (dataDir: string, domain: string): string =>
  join(dataDir, 'trusted-issuers', `${domain.replace(':', '-')}.json`);
