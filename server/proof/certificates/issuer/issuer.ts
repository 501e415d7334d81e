import type { KeyObject } from 'node:crypto';
import type { Config } from '../../../config.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer, nullable } from '../../../platform/db/table.js';
import { refuseWhileClockIsDoubted } from '../../../platform/events/routines/clock-hold.js';
import { didDocument, issuerDid, type Addresses, type DidDocument } from '../../open-badges/did.js';
import { documentLoader, type DocumentLoader } from '../../open-badges/document-loader.js';
import { createSigner, openPrivateKey, type Signer } from '../../open-badges/issuer-key.js';
import { openCheckpoints, type Checkpoints } from '../ledger/checkpoints.js';
import { openSigners, type Signers } from '../signing/signers.js';
import { formerDids } from './key-log.js';
import { ownKeys } from './own-keys.js';
import { ensureKeys } from './signing-keys.js';
import { IssuerKey, KeyLogEntry } from './tables.js';

/**
 * This installation as an issuer: what signs, and what others verify signatures with. Another process may change the keys
 * at any time: `refresh` notices with one small query, and is called before every signature and every verdict.
 */
export interface Issuer {
  readonly did: string;
  readonly baseUrl: string;
  readonly formerBaseUrls: readonly string[];
  readonly name: string;
  readonly keyId: string;
  /** The key in use, which is in memory only. */
  readonly key: SigningKey;
  /** Signs lists, heads and logs with that key, on the main thread. */
  readonly signer: Signer;
  /** Signs certificates, in threads of its own. */
  readonly signers: Signers;
  readonly document: DidDocument;
  readonly loader: DocumentLoader;
  readonly checkpoints: Checkpoints;
  readonly refresh: () => Promise<void>;
  /**
   * Whether this database may be an older copy, with nothing beside it to show what it has forgotten. While it may,
   * nothing is signed, and no certificate is called valid.
   */
  readonly mayHaveForgotten: () => boolean;
}

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** The keys at one moment; `stamp` is the length of the log of keys. */
interface Keys {
  readonly stamp: number;
  readonly key: SigningKey;
  readonly signer: Signer;
  readonly document: DidDocument;
}

/**
 * Open the signing key, and make one on the first run. Two processes that start together end up with the same key.
 * Throws `SealedKeyError` when the installation's secret is not the one the key was sealed with.
 */
export async function openIssuer(config: Config, sealKey: Buffer, now: number): Promise<Issuer> {
  const { baseUrl, formerBaseUrls, issuerName } = config;
  const checkpoints = openCheckpoints(config.dataDir);
  await ensureKeys({ baseUrl, sealKey }, checkpoints, now);
  let keys = await openKeys(config, sealKey);
  const gap = checkpoints.gap();
  const hadGap = gap !== null && gap.acceptedAt === null;
  return {
    did: issuerDid(baseUrl),
    baseUrl,
    formerBaseUrls,
    name: issuerName,
    get keyId() {
      return keys.key.keyId;
    },
    get key() {
      return keys.key;
    },
    get signer() {
      return keys.signer;
    },
    get document() {
      return keys.document;
    },
    signers: openSigners(),
    loader: documentLoader(),
    checkpoints,
    // Checkpoints that are restored while the server runs are read at its next start, and not believed before.
    mayHaveForgotten: () => hadGap && (checkpoints.gap()?.acceptedAt ?? null) === null,
    async refresh() {
      if ((await logLength()) === keys.stamp) return;
      keys = await openKeys(config, sealKey);
    },
  };
}

const KEYS = sql`select ${columns(IssuerKey, 'k', 'id', 'compromisedAt', 'inUse')},
    ${renamed(IssuerKey, 'k', { sealed: 'sealedPrivateKey' })}
  from ${IssuerKey} k order by created_at, id`;

async function openKeys({ baseUrl, formerBaseUrls }: Addresses, sealKey: Buffer): Promise<Keys> {
  const addresses = { baseUrl, formerBaseUrls };
  // Read first: keys that change between the two queries are read again at the next refresh.
  const stamp = await logLength();
  const keys = await rows(KEYS);
  const inUse = keys.find(key => key.inUse === 1);
  if (!inUse) throw new Error('No signing key is in use');
  const { privateKey } = openPrivateKey(inUse.sealed, sealKey);
  const key = { keyId: inUse.id, privateKey };
  const own = await ownKeys(keys, { ...addresses, sealKey });
  const document = await documentOf(
    addresses,
    keys.filter(({ id }) => own.has(id)),
  );
  return { stamp, key, signer: createSigner(issuerDid(baseUrl), key), document };
}

/** The DID document of all keys as stored, for backups. */
export const storedDidDocument = async (addresses: Addresses): Promise<DidDocument> =>
  documentOf(addresses, await rows(KEYS));

const documentOf = async (
  addresses: Addresses,
  keys: readonly { readonly id: string; readonly compromisedAt: number | null }[],
): Promise<DidDocument> =>
  didDocument({
    baseUrl: addresses.baseUrl,
    formerDids: await formerDids(addresses),
    keys: keys.map(({ id, compromisedAt }) => ({ publicKeyMultibase: id, compromisedAt })),
  });

const LOG_LENGTH = sql`select max(seq) ${as('seq', nullable(integer()))} from ${KeyLogEntry}`;

const logLength = async (): Promise<number> => (await row(LOG_LENGTH))?.seq ?? 0;

/**
 * Call before signing: an older copy would revive certificates that were revoked, and use numbers twice. What is signed says when, and
 * its readers believe that.
 */
export function refuseInDoubt(issuer: Issuer): void {
  refuseWhileClockIsDoubted();
  if (issuer.mayHaveForgotten())
    throw new Error(
      'Nothing is signed while checkpoints are missing: restore DATA_DIR/published, or run "marks accept"',
    );
}
