import { row, rows } from '../../db/rows.js';
import { GENESIS } from '../ledger/hash.js';
import { ledgerHead } from '../ledger/ledger.js';
import type { KeyRows, Marks } from '../ledger/checkpoints.js';
import { timestamp } from '../../open-badges/credential.js';
import type { Signer } from '../../open-badges/issuer-key.js';
import { signJson } from '../../open-badges/signed-json.js';

/** What may happen to a key. A `rotated` entry names the new key and is signed with the one before. */
export type KeyAction = 'created' | 'rotated' | 'retired' | 'compromised';

/**
 * Add an entry to the log of keys. Each is signed and names the hash of the one before, so that nobody can
 * leave one out, and a reader who trusts the first key can follow to the last.
 */
export async function logKey(
  { keyId, action, issuer, signer }: { keyId: string; action: KeyAction; issuer: string; signer: Signer },
  now: number,
): Promise<void> {
  const last = await row<{ seq: number; sha256: string }>(
    'select seq, sha256 from issuer_key_log order by seq desc limit 1',
  );
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.sha256 ?? GENESIS;
  const entry = { type: 'IssuerKeyLogEntry', issuer, seq, action, key: keyId, at: timestamp(now), previous };
  const { text, sha256 } = await signJson(entry, signer, now);
  await rows(
    `insert into issuer_key_log (seq, key_id, action, content, sha256, previous_sha256, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [seq, keyId, action, text, sha256, previous, now],
  );
}

/** The log as published: signed entries, oldest first. */
export const keyLog = async (): Promise<string[]> =>
  (await rows<{ content: string }>('select content from issuer_key_log order by seq')).map(
    ({ content }) => content,
  );

/** Keys and log as stored, to be noted outside the database. */
export async function keyRows(): Promise<KeyRows> {
  return {
    keys: await rows(
      `select id, sealed_private_key as sealed, created_at as "createdAt", activated_at as "activatedAt",
         retired_at as "retiredAt", compromised_at as "compromisedAt", in_use as "inUse"
       from issuer_keys order by created_at, id`,
    ),
    log: await rows(
      `select seq, key_id as "keyId", action, content, sha256, previous_sha256 as "previousSha256",
         created_at as "createdAt"
       from issuer_key_log order by seq`,
    ),
  };
}

/**
 * Take over what the marks know of keys and this database has forgotten: an older copy must not trust a key
 * again that was found out, nor lose one that signed. Marks of another installation are put aside.
 */
export async function recallKeys(
  marks: Marks,
  opens: (sealed: string) => boolean,
  now: number,
): Promise<void> {
  const noted = marks.read().keys;
  if (!noted) return;
  const { keys, log } = await keyRows();
  const isOurs =
    log.length > 0
      ? log[0]?.sha256 === noted.log[0]?.sha256
      : keys.every(({ id }) => noted.keys.some(other => other.id === id)) &&
        noted.keys.every(({ sealed }) => sealed === '' || opens(sealed));
  if (!isOurs) return putAside(marks, now);
  if (noted.log.length <= log.length) return;
  // One key in use at a time: whoever is named by the marks takes over.
  await rows('update issuer_keys set in_use = null where in_use = 1');
  for (const key of noted.keys) await putKey(key);
  for (const entry of noted.log.slice(log.length)) await putEntry(entry);
}

/** What this installation published is not in those marks, so that nothing tells what it has forgotten. */
async function putAside(marks: Marks, now: number): Promise<void> {
  marks.setAside(String(now));
  if ((await ledgerHead()).seq > 0) marks.noteGap({ since: now, acceptedAt: null });
}

const putKey = (key: KeyRows['keys'][number]): Promise<unknown> =>
  rows(
    `insert into issuer_keys (id, sealed_private_key, created_at, activated_at, retired_at, compromised_at, in_use)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set sealed_private_key = excluded.sealed_private_key,
       retired_at = excluded.retired_at, compromised_at = excluded.compromised_at, in_use = excluded.in_use`,
    [key.id, key.sealed, key.createdAt, key.activatedAt, key.retiredAt, key.compromisedAt, key.inUse],
  );

const putEntry = (entry: KeyRows['log'][number]): Promise<unknown> =>
  rows(
    `insert into issuer_key_log (seq, key_id, action, content, sha256, previous_sha256, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.seq,
      entry.keyId,
      entry.action,
      entry.content,
      entry.sha256,
      entry.previousSha256,
      entry.createdAt,
    ],
  );
