import type { KeyObject } from 'node:crypto';
import type { Config } from '../../config.js';
import { row, rows } from '../../db/rows.js';
import { keyRows } from './key-log.js';
import { ensureKeys } from './signing-keys.js';
import { ownKeys } from './own-keys.js';
import { openMarks, type Marks } from '../ledger/checkpoints.js';
import { openSigners, type Signers } from '../signing/signers.js';
import { didDocument, issuerDid, type DidDocument } from '../../open-badges/did.js';
import { createSigner, openPrivateKey, type Signer } from '../../open-badges/issuer-key.js';
import { documentLoader, type DocumentLoader } from '../../open-badges/document-loader.js';

/**
 * This installation as an issuer: what signs, and what others check signatures with. Another process may
 * change the keys at any time: `refresh` looks whether it did, at the price of one small query, and is called
 * before every signature and every verdict.
 */
export interface Issuer {
  readonly did: string;
  readonly baseUrl: string;
  readonly name: string;
  readonly keyId: string;
  /** The key in use. In memory only. */
  readonly key: SigningKey;
  /** Signs lists, heads and logs with that key, on the main thread. */
  readonly signer: Signer;
  /** Sign certificates, in threads of their own. */
  readonly signers: Signers;
  readonly document: DidDocument;
  readonly loader: DocumentLoader;
  readonly marks: Marks;
  readonly refresh: () => Promise<void>;
  /**
   * Whether this database may be an older copy, with nothing beside it to tell what it has forgotten. Then nothing is
   * signed, and no certificate is called valid.
   */
  readonly mayHaveForgotten: () => boolean;
}

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** The keys as they were at one moment: `stamp` is the length of the log of keys. */
interface Keys {
  readonly stamp: number;
  readonly key: SigningKey;
  readonly signer: Signer;
  readonly document: DidDocument;
}

/**
 * Open the signing key, making one on first run. Two processes that start together end with the same key.
 * Throws `SealedKeyError` when the installation's secret is not the one the key was sealed with.
 */
export async function openIssuer(config: Config, sealKey: Buffer, now: number): Promise<Issuer> {
  const { baseUrl, issuerName } = config;
  const marks = openMarks(config.dataDir);
  await ensureKeys({ baseUrl, sealKey, marks }, now);
  let keys = await openKeys(baseUrl, sealKey);
  const gap = marks.gap();
  const hadGap = gap !== null && gap.acceptedAt === null;
  return {
    did: issuerDid(baseUrl),
    baseUrl,
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
    marks,
    // Marks that are put back while the server runs are read at its next start, and not believed before.
    mayHaveForgotten: () => hadGap && (marks.gap()?.acceptedAt ?? null) === null,
    async refresh() {
      if ((await logLength()) === keys.stamp) return;
      keys = await openKeys(baseUrl, sealKey);
      // Who changed them may have run on another machine, with a data folder of its own.
      marks.keys(await keyRows());
    },
  };
}

async function openKeys(baseUrl: string, sealKey: Buffer): Promise<Keys> {
  // Read first: keys that change between the two readings are looked at again at the next refresh.
  const stamp = await logLength();
  const keys = await rows<{
    id: string;
    sealed: string;
    compromisedAt: number | null;
    inUse: number | null;
  }>(
    `select id, sealed_private_key as sealed, compromised_at as "compromisedAt", in_use as "inUse"
     from issuer_keys order by created_at, id`,
  );
  const inUse = keys.find(key => key.inUse === 1);
  if (!inUse) throw new Error('No signing key is in use');
  const { privateKey } = openPrivateKey(inUse.sealed, sealKey);
  const key = { keyId: inUse.id, privateKey };
  const own = await ownKeys(keys, { baseUrl, sealKey });
  return {
    stamp,
    key,
    signer: createSigner(issuerDid(baseUrl), key),
    document: didDocument({
      baseUrl,
      keys: keys
        .filter(({ id }) => own.has(id))
        .map(({ id, compromisedAt }) => ({ publicKeyMultibase: id, compromisedAt })),
    }),
  };
}

/** The DID document as the database has it, for whoever keeps a copy of everything. */
export async function didOfStored(baseUrl: string): Promise<DidDocument> {
  const keys = await rows<{ publicKeyMultibase: string; compromisedAt: number | null }>(
    `select id as "publicKeyMultibase", compromised_at as "compromisedAt" from issuer_keys order by created_at, id`,
  );
  return didDocument({ baseUrl, keys });
}

const logLength = async (): Promise<number> =>
  (await row<{ seq: number | null }>('select max(seq) as seq from issuer_key_log'))?.seq ?? 0;

/** Before anything is signed: what an older copy signs would revive what was withdrawn, and give numbers twice. */
export function refuseInDoubt(issuer: Issuer): void {
  if (issuer.mayHaveForgotten())
    throw new Error(
      'Nothing is signed while marks are missing: put back DATA_DIR/published, or run "marks accept"',
    );
}
