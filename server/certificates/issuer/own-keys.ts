import { rows } from '../../db/rows.js';
import { sha256 } from '../../lib/tokens.js';
import { GENESIS } from '../ledger/hash.js';
import { didDocument } from '../../open-badges/did.js';
import { openPrivateKey } from '../../open-badges/issuer-key.js';
import { readSignedJson } from '../../open-badges/signed-json.js';

interface StoredKey {
  readonly id: string;
  readonly sealed: string;
}

/**
 * Which of the stored keys are ours: those whose private half opens under our secret, and those that the log of keys
 * names. The newest entry of the log is signed with a key that opens, and each entry names the hash of the one before:
 * whoever can write to the database, and has neither the secret nor a key, cannot add to either.
 */
export async function ownKeys(
  keys: readonly StoredKey[],
  { baseUrl, sealKey }: { baseUrl: string; sealKey: Buffer },
): Promise<ReadonlySet<string>> {
  const opened = keys.filter(key => opens(key, sealKey)).map(({ id }) => id);
  const named = await namedInLog(
    didDocument({ baseUrl, keys: opened.map(id => ({ publicKeyMultibase: id, compromisedAt: null })) }),
  );
  return new Set([...opened, ...named]);
}

function opens({ id, sealed }: StoredKey, sealKey: Buffer): boolean {
  try {
    return openPrivateKey(sealed, sealKey).keyId === id;
  } catch {
    return false;
  }
}

interface Entry {
  readonly key?: unknown;
  readonly previous?: unknown;
}

/** The keys in the log, if it holds; none otherwise. */
async function namedInLog(document: ReturnType<typeof didDocument>): Promise<string[]> {
  const contents = (await rows<{ content: string }>('select content from issuer_key_log order by seq')).map(
    ({ content }) => content,
  );
  const newest = await readSignedJson(contents.at(-1) ?? '', document);
  const entries = typeof newest === 'string' ? null : contents.map(read);
  const follows = entries?.every(
    (entry, at) => entry?.previous === (at === 0 ? GENESIS : sha256(contents[at - 1] ?? '')),
  );
  return follows ? (entries ?? []).flatMap(entry => (typeof entry?.key === 'string' ? [entry.key] : [])) : [];
}

function read(content: string): Entry | null {
  try {
    return JSON.parse(content) as Entry | null;
  } catch {
    return null;
  }
}
