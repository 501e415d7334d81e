import { database } from '../../../platform/db/connect.js';
import { LOCKS } from '../../../platform/db/locks.js';
import { insert, row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer, nullable, type Row } from '../../../platform/db/table.js';
import { afterCommit, inTransaction } from '../../../platform/db/transaction.js';
import { Conflict, NotFound } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { takeSigningTurn } from './signing-turn.js';
import { issuerDid } from '../../open-badges/did.js';
import {
  createSigner,
  generateKeyPair,
  openPrivateKey,
  sealPrivateKey,
  type IssuerKeyPair,
  type Signer,
} from '../../open-badges/issuer-key.js';
import type { Checkpoints } from '../ledger/checkpoints.js';
import type { ChangedBy } from '../lifecycle/lock.js';
import { Certificate } from '../tables.js';
import { keyRows, logKey, recallKeys, type KeyAction } from './key-log.js';
import { IssuerKey } from './tables.js';

/** What work on the keys needs: our address, and the secret that seals them. */
export interface KeyDeps {
  readonly baseUrl: string;
  readonly sealKey: Buffer;
}

/** A key as people see it. */
export interface KeyState extends Readonly<
  Pick<Row<typeof IssuerKey>, 'id' | 'createdAt' | 'retiredAt' | 'compromisedAt'>
> {
  readonly inUse: boolean;
  /** How many certificates it signed. */
  readonly signed: number;
}

const KEYS = sql`select ${columns(IssuerKey, 'k', 'id', 'createdAt', 'retiredAt', 'compromisedAt', 'inUse')},
    (select count(*) from ${Certificate} c where c.key_id = k.id) ${as('signed', integer())}
  from ${IssuerKey} k order by k.created_at desc, k.id`;

/** All keys, newest first. */
export const listKeys = async (): Promise<KeyState[]> =>
  (await rows(KEYS)).map(key => ({ ...key, inUse: key.inUse === 1, signed: Number(key.signed) }));

/** Make the first key on the first run, and take over what the checkpoints know of keys. They know the keys afterwards. */
export function ensureKeys(deps: KeyDeps, checkpoints: Checkpoints, now: number): Promise<void> {
  return inTransaction(async () => {
    // Two processes that start together take turns.
    if (database().dialect === 'postgres') await rows(sql`select pg_advisory_xact_lock(${LOCKS.issuerKeys})`);
    await recallKeys(checkpoints, sealed => opens(sealed, deps.sealKey), now);
    if ((await keyRows()).keys.length === 0) await addFirstKey(deps, now);
    const stored = await keyRows();
    afterCommit(() => checkpoints.keys(stored));
  });
}

const REST_KEY = sql`update ${IssuerKey} set in_use = null where id = $1 and in_use = 1 returning id`;

/**
 * Put a new key in use. The one before signs nothing more, and what it signed stays valid. Throws Conflict when `from`,
 * the key that the caller saw in use, no longer is: two who ask at once make one new key. Returns the id of the new key.
 */
export function rotateKey(from: string, deps: KeyDeps, by: ChangedBy): Promise<string> {
  return change(async () => {
    const [before] = await rows(REST_KEY, [from]);
    if (!before) throw new Conflict('Another key is in use already');
    const fresh = await addKey(deps, by.now);
    await logKey({ ...(await signing(deps, from)), keyId: fresh.keyId, action: 'rotated' }, by.now);
    await record('issuer-key.rotated', { keyId: fresh.keyId, previousKeyId: from }, of(by));
    return fresh.keyId;
  });
}

const RETIRE_KEY = sql`update ${IssuerKey} set retired_at = $2, sealed_private_key = ''
  where id = $1 and in_use is null and retired_at is null and compromised_at is null returning id`;

/**
 * Retire a key that is not in use: its private half is deleted, so that it can never sign again. What it signed stays
 * valid, for ever. Throws Conflict for the key in use, and for one that is retired or compromised.
 */
export function retireKey(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  return change(async () => {
    const [retired] = await rows(RETIRE_KEY, [id, by.now]);
    if (!retired) throw await refusal(id, 'Put another key in use before you retire this one');
    await logWithKeyInUse(deps, id, 'retired', by.now);
    await record('issuer-key.retired', { keyId: id }, of(by));
  });
}

const COMPROMISE_KEY = sql`update ${IssuerKey} set compromised_at = $2, sealed_private_key = ''
  where id = $1 and compromised_at is null returning in_use ${as('wasInUse', nullable(integer()))}`;

/**
 * Somebody else may have the private half of a key: nothing that it signed can be trusted any more. When it is in use, a
 * new one takes over at once. A reaction to the event reissues the certificates that it signed. Throws Conflict when the
 * key is known to be compromised already.
 */
export function compromiseKey(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  return change(async () => {
    const [compromised] = await rows(COMPROMISE_KEY, [id, by.now]);
    if (!compromised) throw await refusal(id, 'This key is known to be compromised');
    if (compromised.wasInUse === 1) await replaceKey(id, deps, by);
    await logWithKeyInUse(deps, id, 'compromised', by.now);
    await record('issuer-key.compromised', { keyId: id }, of(by));
  });
}

/** A compromised key cannot introduce the next one: the new key signs its own entry in the log. */
async function replaceKey(id: string, deps: KeyDeps, by: ChangedBy): Promise<void> {
  await rows(REST_KEY, [id]);
  const fresh = await addKey(deps, by.now);
  await logWithKeyInUse(deps, fresh.keyId, 'created', by.now);
  await record('issuer-key.created', { keyId: fresh.keyId }, of(by));
}

/** Changes of keys take turns with every signature that is stored. */
const change = <T>(work: () => Promise<T>): Promise<T> =>
  inTransaction(async () => {
    await takeSigningTurn();
    return work();
  });

async function addFirstKey(deps: KeyDeps, now: number): Promise<void> {
  const { keyId } = await addKey(deps, now);
  await logWithKeyInUse(deps, keyId, 'created', now);
  await record('issuer-key.created', { keyId }, of({ actorId: null, now }));
}

async function addKey({ sealKey }: KeyDeps, now: number): Promise<IssuerKeyPair> {
  const fresh = await generateKeyPair();
  const sealedPrivateKey = sealPrivateKey(fresh, sealKey);
  await insert(IssuerKey, { id: fresh.keyId, sealedPrivateKey, createdAt: now, activatedAt: now, inUse: 1 });
  return fresh;
}

const IN_USE = sql`select ${columns(IssuerKey, 'k', 'id', 'sealedPrivateKey')} from ${IssuerKey} k where in_use = 1`;

async function logWithKeyInUse(deps: KeyDeps, keyId: string, action: KeyAction, now: number): Promise<void> {
  const inUse = await row(IN_USE);
  if (!inUse) throw new Error('No signing key is in use');
  await logKey({ ...(await signing(deps, inUse.id)), keyId, action }, now);
}

const KEY = sql`select ${renamed(IssuerKey, 'k', { sealed: 'sealedPrivateKey' })} from ${IssuerKey} k where id = $1`;

async function signing(deps: KeyDeps, keyId: string): Promise<{ issuer: string; signer: Signer }> {
  const found = await row(KEY, [keyId]);
  const issuer = issuerDid(deps.baseUrl);
  return { issuer, signer: createSigner(issuer, openPrivateKey(found?.sealed ?? '', deps.sealKey)) };
}

const of = ({ actorId, now }: ChangedBy) => ({ actorId, organisationId: null, now });

const refusal = async (id: string, why: string): Promise<Conflict | NotFound> =>
  (await row(KEY, [id])) ? new Conflict(why) : new NotFound('There is no such key');

/** Whether `sealKey` sealed the signing key in use; null while there is none. */
export async function opensKeyInUse(sealKey: Buffer): Promise<boolean | null> {
  const inUse = await row(IN_USE);
  return inUse && opens(inUse.sealedPrivateKey, sealKey);
}

function opens(sealed: string, sealKey: Buffer): boolean {
  try {
    return Boolean(openPrivateKey(sealed, sealKey));
  } catch {
    return false;
  }
}
