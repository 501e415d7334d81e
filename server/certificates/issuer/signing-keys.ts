import { database } from '../../db/connect.js';
import { LOCKS } from '../../db/locks.js';
import { row, rows } from '../../db/rows.js';
import { afterCommit, inTransaction } from '../../db/transaction.js';
import { Conflict, NotFound } from '../../errors.js';
import { endOfChain, record } from '../../events/record.js';
import { keyRows, logKey, recallKeys, type KeyAction } from './key-log.js';
import type { Marks } from '../ledger/checkpoints.js';
import type { ChangedBy } from '../lifecycle/lock.js';
import { issuerDid } from '../../open-badges/did.js';
import {
  createSigner,
  generateIssuerKey,
  openPrivateKey,
  sealPrivateKey,
  type IssuerKey,
  type Signer,
} from '../../open-badges/issuer-key.js';

/** What work on the keys needs: who we are, what seals them, and where they are noted besides. */
export interface KeyDeps {
  readonly baseUrl: string;
  readonly sealKey: Buffer;
  readonly marks: Marks;
}

/** A key as people are shown it. */
export interface KeyState {
  readonly id: string;
  readonly createdAt: number;
  readonly retiredAt: number | null;
  readonly compromisedAt: number | null;
  readonly inUse: boolean;
  /** Certificates that it signed. */
  readonly signed: number;
}

/** All keys, newest first. */
export async function listKeys(): Promise<KeyState[]> {
  const found = await rows<Omit<KeyState, 'inUse' | 'signed'> & { inUse: number | null; signed: number }>(
    `select k.id, k.created_at as "createdAt", k.retired_at as "retiredAt", k.compromised_at as "compromisedAt",
       k.in_use as "inUse", (select count(*) from certificates c where c.key_id = k.id) as signed
     from issuer_keys k order by k.created_at desc, k.id`,
  );
  return found.map(key => ({ ...key, inUse: key.inUse === 1, signed: Number(key.signed) }));
}

/** A key in use, and a log that tells of every key: made on first run, and for keys older than the log. */
export function ensureKeys(deps: KeyDeps, now: number): Promise<void> {
  return inTransaction(async () => {
    // Two processes that start together take turns.
    if (database().dialect === 'postgres') await rows(`select pg_advisory_xact_lock(${LOCKS.issuerKeys})`);
    await recallKeys(deps.marks, sealed => opens(sealed, deps.sealKey), now);
    const { keys, log } = await keyRows();
    if (keys.length === 0) await addFirstKey(deps, now);
    else if (log.length === 0) for (const { id } of keys) await note(deps, id, 'created', now);
    const stored = await keyRows();
    afterCommit(() => deps.marks.keys(stored));
  });
}

/**
 * Put a new key in use. The one before signs nothing more, and what it signed stays good. Throws Conflict when
 * `from`, the key that the asker saw in use, is not in use any more: two who ask at once make one new key.
 */
export function rotateKey(from: string, deps: KeyDeps, by: ChangedBy): Promise<string> {
  return change(deps, async () => {
    const [before] = await rows(
      'update issuer_keys set in_use = null where id = $1 and in_use = 1 returning id',
      [from],
    );
    if (!before) throw new Conflict('Another key is in use already');
    const fresh = await addKey(deps, by.now);
    await logKey({ ...(await signing(deps, from)), keyId: fresh.keyId, action: 'rotated' }, by.now);
    await record('issuer-key.rotated', { keyId: fresh.keyId, previousKeyId: from }, of(by));
    return fresh.keyId;
  });
}

/**
 * Retire a key that is not in use: its private half is deleted, so that it can never sign again. What it signed
 * stays good, for ever. Throws Conflict for the key in use, and for one that is retired or compromised.
 */
export function retireKey(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  return change(deps, async () => {
    const [first] = await rows(
      `update issuer_keys set retired_at = $2, sealed_private_key = ''
       where id = $1 and in_use is null and retired_at is null and compromised_at is null returning id`,
      [id, by.now],
    );
    if (!first) throw await refusal(id, 'Put another key in use before you retire this one');
    await note(deps, id, 'retired', by.now);
    await record('issuer-key.retired', { keyId: id }, of(by));
  });
}

/**
 * Somebody else may have the private half of a key: nothing that it signed is to be believed any more. When it
 * is in use, a new one takes over at once. Certificates that it signed are issued anew by the reaction to the
 * event. Throws Conflict when it is known already.
 */
export function compromiseKey(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  return change(deps, async () => {
    const [first] = await rows<{ wasInUse: number | null }>(
      `update issuer_keys set compromised_at = $2, sealed_private_key = ''
       where id = $1 and compromised_at is null returning in_use as "wasInUse"`,
      [id, by.now],
    );
    if (!first) throw await refusal(id, 'This key is known to be compromised');
    if (first.wasInUse === 1) await takeOver(id, deps, by);
    await note(deps, id, 'compromised', by.now);
    await record('issuer-key.compromised', { keyId: id }, of(by));
  });
}

/** The word of a key that others may have is worth nothing: the one that takes over speaks for itself. */
async function takeOver(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  await rows('update issuer_keys set in_use = null where id = $1', [id]);
  const fresh = await addKey(deps, by.now);
  await note(deps, fresh.keyId, 'created', by.now);
  await record('issuer-key.created', { keyId: fresh.keyId }, of(by));
}

/** Changes of keys take turns with every signature that is kept, and are noted outside once they hold. */
function change<T>(deps: KeyDeps, work: () => Promise<T>): Promise<T> {
  return inTransaction(async () => {
    await endOfChain();
    const done = await work();
    const stored = await keyRows();
    afterCommit(() => deps.marks.keys(stored));
    return done;
  });
}

async function addFirstKey(deps: KeyDeps, now: number): Promise<void> {
  const { keyId } = await addKey(deps, now);
  await note(deps, keyId, 'created', now);
  await record('issuer-key.created', { keyId }, of({ actorId: null, now }));
}

async function addKey({ sealKey }: KeyDeps, now: number): Promise<IssuerKey> {
  const fresh = await generateIssuerKey();
  await rows(
    `insert into issuer_keys (id, sealed_private_key, created_at, activated_at, in_use) values ($1, $2, $3, $3, 1)`,
    [fresh.keyId, sealPrivateKey(fresh, sealKey), now],
  );
  return fresh;
}

/** An entry signed with the key in use. */
async function note(deps: KeyDeps, keyId: string, action: KeyAction, now: number): Promise<void> {
  const inUse = await row<{ id: string }>('select id from issuer_keys where in_use = 1');
  if (!inUse) throw new Error('No signing key is in use');
  await logKey({ ...(await signing(deps, inUse.id)), keyId, action }, now);
}

async function signing(deps: KeyDeps, keyId: string): Promise<{ issuer: string; signer: Signer }> {
  const found = await row<{ sealed: string }>(
    'select sealed_private_key as sealed from issuer_keys where id = $1',
    [keyId],
  );
  const issuer = issuerDid(deps.baseUrl);
  return { issuer, signer: createSigner(issuer, openPrivateKey(found?.sealed ?? '', deps.sealKey)) };
}

const of = ({ actorId, now }: ChangedBy) => ({ actorId, organisationId: null, now });

async function refusal(id: string, why: string): Promise<Conflict | NotFound> {
  const known = await row('select id from issuer_keys where id = $1', [id]);
  return known ? new Conflict(why) : new NotFound('There is no such key');
}

/** Whether this is the key that the signing key in use was sealed with; null while there is none. */
export async function opensKeyInUse(sealKey: Buffer): Promise<boolean | null> {
  const inUse = await row<{ sealed: string }>(
    'select sealed_private_key as sealed from issuer_keys where in_use = 1',
  );
  return inUse && opens(inUse.sealed, sealKey);
}

function opens(sealed: string, sealKey: Buffer): boolean {
  try {
    return Boolean(openPrivateKey(sealed, sealKey));
  } catch {
    return false;
  }
}
