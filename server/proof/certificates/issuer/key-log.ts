import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { HASH_BEFORE_FIRST } from '../../../platform/events/chains.js';
import { timestamp } from '../../open-badges/credential.js';
import { issuerDid, type Addresses } from '../../open-badges/did.js';
import type { Signer } from '../../open-badges/issuer-key.js';
import { signJson } from '../../open-badges/signed-json.js';
import type { Checkpoints, CheckpointKey, KeyRows } from '../ledger/checkpoints.js';
import { ledgerHead } from '../ledger/ledger.js';
import { IssuerKey, KeyLogEntry } from './tables.js';

/** What can happen to a key. A `rotated` entry names the new key and is signed with the one before. */
export type KeyAction = Row<typeof KeyLogEntry>['action'];

const LAST_ENTRY = sql`select ${columns(KeyLogEntry, 'l', 'seq', 'sha256')} from ${KeyLogEntry} l
  order by seq desc limit 1`;

/**
 * Add an entry to the log of keys. Each is signed and names the hash of the one before, so that none can be left out, and
 * a reader who trusts the first key can follow the log to the last.
 */
export async function logKey(
  { keyId, action, issuer, signer }: { keyId: string; action: KeyAction; issuer: string; signer: Signer },
  now: number,
): Promise<void> {
  const last = await row(LAST_ENTRY);
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.sha256 ?? HASH_BEFORE_FIRST;
  const entry = { type: 'IssuerKeyLogEntry', issuer, seq, action, key: keyId, at: timestamp(now), previous };
  const { text: content, sha256 } = await signJson(entry, signer, now);
  const stored = { seq, keyId, action, content, sha256, previousSha256: previous, createdAt: now };
  await insert(KeyLogEntry, stored);
}

const ENTRIES = sql`select ${columns(KeyLogEntry, 'l', 'content')} from ${KeyLogEntry} l order by seq`;

/** The log as published: signed entries, oldest first. */
export const keyLog = async (): Promise<string[]> => (await rows(ENTRIES)).map(({ content }) => content);

/** An entry as far as it can be read; null when somebody made something else of it. */
export function readEntry(
  content: string,
): { readonly [field in 'issuer' | 'key' | 'previous']?: unknown } | null {
  try {
    return JSON.parse(content) as object | null;
  } catch {
    return null;
  }
}

/**
 * The DIDs of former addresses: those in the settings, and those that the log of keys names, since an installation may have had
 * another address before it issued anything. A name that somebody added to the log gains nothing: only our keys sign under it.
 */
export async function formerDids({ formerBaseUrls }: Addresses): Promise<string[]> {
  const named = (await keyLog()).map(content => readEntry(content)?.issuer);
  return [...formerBaseUrls.map(issuerDid), ...named.filter(did => typeof did === 'string')];
}

const KEY_ROWS = sql`select ${columns(
  IssuerKey,
  'k',
  'id',
  'createdAt',
  'activatedAt',
  'retiredAt',
  'compromisedAt',
  'inUse',
)}, ${renamed(IssuerKey, 'k', { sealed: 'sealedPrivateKey' })}
  from ${IssuerKey} k order by created_at, id`;

const LOG_ROWS = sql`select ${columns(
  KeyLogEntry,
  'l',
  'seq',
  'keyId',
  'action',
  'content',
  'sha256',
  'previousSha256',
  'createdAt',
)} from ${KeyLogEntry} l order by seq`;

/** Keys and log as stored, for a checkpoint outside the database. */
export const keyRows = async (): Promise<KeyRows> => ({
  keys: await rows(KEY_ROWS),
  log: await rows(LOG_ROWS),
});

/**
 * Take over what the checkpoints know of keys and this database has forgotten: an older copy must not trust a compromised
 * key again, nor lose one that signed. Checkpoints of another installation are set aside.
 */
export async function recallKeys(
  checkpoints: Checkpoints,
  opens: (sealed: string) => boolean,
  now: number,
): Promise<void> {
  const published = checkpoints.read().keys;
  if (!published) return;
  const stored = await keyRows();
  if (!isOurs(published, stored, opens)) return setAside(checkpoints, now);
  if (published.log.length <= stored.log.length) return;
  // One key is in use at a time: the one that the checkpoints name takes over.
  await rows(sql`update ${IssuerKey} set in_use = null where in_use = 1`);
  for (const key of published.keys) await putKey(key);
  for (const entry of published.log.slice(stored.log.length)) await putEntry(entry);
}

function isOurs(published: KeyRows, { keys, log }: KeyRows, opens: (sealed: string) => boolean): boolean {
  if (log.length > 0) return log[0]?.sha256 === published.log[0]?.sha256;
  return (
    keys.every(({ id }) => published.keys.some(other => other.id === id)) &&
    published.keys.every(({ sealed }) => sealed === '' || opens(sealed))
  );
}

/** Those checkpoints do not cover what this installation published, so nothing shows what it may have forgotten. */
async function setAside(checkpoints: Checkpoints, now: number): Promise<void> {
  checkpoints.setAside(String(now));
  if ((await ledgerHead()).seq > 0) checkpoints.noteGap({ since: now, acceptedAt: null });
}

const PUT_KEY = sql`insert into ${IssuerKey}
    (id, sealed_private_key, created_at, activated_at, retired_at, compromised_at, in_use)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (id) do update set sealed_private_key = excluded.sealed_private_key,
    retired_at = excluded.retired_at, compromised_at = excluded.compromised_at, in_use = excluded.in_use`;

const putKey = (key: CheckpointKey): Promise<unknown> =>
  rows(PUT_KEY, [
    key.id,
    key.sealed,
    key.createdAt,
    key.activatedAt,
    key.retiredAt,
    key.compromisedAt,
    key.inUse,
  ]);

/** The entry comes from a file: only its known fields are inserted. */
function putEntry(entry: KeyRows['log'][number]): Promise<void> {
  const { seq, keyId, action, content, sha256, previousSha256, createdAt } = entry;
  return insert(KeyLogEntry, { seq, keyId, action, content, sha256, previousSha256, createdAt });
}
