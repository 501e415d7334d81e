import { HASH_BEFORE_FIRST } from '../../../platform/events/chains.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { didDocument, type Addresses, type DidDocument } from '../../open-badges/did.js';
import { openPrivateKey } from '../../open-badges/issuer-key.js';
import { readSignedJson } from '../../open-badges/signed-json.js';
import type { CheckpointKey } from '../ledger/checkpoints.js';
import { formerDids, keyLog, readEntry } from './key-log.js';

type StoredKey = Pick<CheckpointKey, 'id' | 'sealed'>;

/**
 * Which of the stored keys are ours: those whose private half opens under our secret, and those that the log of keys
 * names. The newest entry of the log is signed with a key that opens, and each entry names the hash of the one before:
 * whoever can write to the database, and has neither the secret nor a key, cannot add to either.
 */
export async function ownKeys(
  keys: readonly StoredKey[],
  { sealKey, ...addresses }: Addresses & { sealKey: Buffer },
): Promise<ReadonlySet<string>> {
  const opened = keys.filter(key => opens(key, sealKey)).map(({ id }) => id);
  const named = await namedInLog(
    didDocument({
      baseUrl: addresses.baseUrl,
      formerDids: await formerDids(addresses),
      keys: opened.map(id => ({ publicKeyMultibase: id, compromisedAt: null })),
    }),
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

/** The keys in the log, if it holds; none otherwise. */
async function namedInLog(document: DidDocument): Promise<string[]> {
  const contents = await keyLog();
  const newest = await readSignedJson(contents.at(-1) ?? '', document);
  if (typeof newest === 'string') return [];
  const entries = contents.map(readEntry);
  const isChain = entries.every(
    (entry, at) => entry?.previous === (at === 0 ? HASH_BEFORE_FIRST : sha256(contents[at - 1] ?? '')),
  );
  return isChain ? entries.flatMap(entry => (typeof entry?.key === 'string' ? [entry.key] : [])) : [];
}
