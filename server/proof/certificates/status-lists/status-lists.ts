import { randomInt } from 'node:crypto';
import { ofDatabase } from '../../../platform/db/connect.js';
import { insert, insertOnce, row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer, nullable, text } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { HASH_BEFORE_FIRST } from '../../../platform/events/chains.js';
import { record } from '../../../platform/events/record.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { statusListUrl } from '../../open-badges/credential.js';
import { buildStatusList, CLOCK_SKEW, setIndexes, STATUS_LIST_SIZE } from '../../open-badges/status-list.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import type { ListRow } from '../ledger/checkpoints.js';
import { Certificate, Revocation, Suspension } from '../tables.js';
import { StatusList, StatusListVersion } from './tables.js';

/** After so long a list is signed again although nothing has changed (ms): readers believe it for thirty days. */
const RENEWED_AFTER = 7 * 86_400_000;

/** The share of its places at which a list is full: up to here a free place is found in a try or two. */
const FULL = 0.8;

/** Counting takes longer as a list fills up: it is repeated each time this share of the places has been taken. */
const RECOUNT = 0.01;

const NEWEST_LIST = sql`select ${columns(StatusList, 'l', 'id')}, (select v.sha256 from ${StatusListVersion} v
    where v.list_id = l.id order by v.number desc limit 1) ${as('sum', nullable(text()))}
  from ${StatusList} l order by id desc limit 1`;

/** A place in a status list: the number of the list, and an index in it. */
type Place = Readonly<{ id: number; index: number }>;

/** A place in the newest list, at random: an index shows neither the order nor the number of certificates. */
export const randomPlace = async (now: number, size?: number): Promise<Place> =>
  (await randomPlaces(1, now, size))[0] as Place;

/** So many places of that kind; no two are the same. */
export async function randomPlaces(count: number, now: number, size = STATUS_LIST_SIZE): Promise<Place[]> {
  const newest = await row(NEWEST_LIST);
  const id = newest && (await hasRoom(newest.id, count, size)) ? newest.id : (newest?.id ?? 0) + 1;
  if (id !== newest?.id) await insertOnce(StatusList, { id, createdAt: now });
  const set = await bitsSet(id, id === newest?.id ? newest.sum : null);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(unsetIndex(set, size));
  return [...chosen].map(index => ({ id, index }));
}

/** The list that was counted last, and how many more places may be taken before it is counted again. */
const lastCount = ofDatabase(() => ({ id: 0, size: 0, left: 0 }));

const USED = sql`select count(*) ${as('used', integer())} from ${Certificate} where status_list_id = $1`;

async function hasRoom(id: number, count: number, size: number): Promise<boolean> {
  const counted = lastCount();
  if (counted.id === id && counted.size === size && counted.left > 0) {
    counted.left -= count;
    return true;
  }
  const found = await row(USED, [id]);
  Object.assign(counted, { id, size, left: Math.floor(size * RECOUNT) });
  return Number(found?.used) <= size * FULL;
}

/** The bits of the version that was read last. */
const lastRead = ofDatabase((): { sum: string; bits: ReadonlySet<number> } => ({ sum: '', bits: new Set() }));

async function bitsSet(listId: number, sum: string | null): Promise<ReadonlySet<number>> {
  if (sum === null) return new Set();
  const last = lastRead();
  if (sum !== last.sum)
    Object.assign(last, { sum, bits: new Set(setIndexes((await latestList(listId))?.content ?? '')) });
  return last.bits;
}

/** A bit may be set although no certificate has its place: an older copy of the database has forgotten the certificate. */
function unsetIndex(set: ReadonlySet<number>, size: number): number {
  const index = randomInt(size);
  return set.has(index) ? unsetIndex(set, size) : index;
}

const VERSION = sql`select ${columns(
  StatusListVersion,
  'v',
  'listId',
  'number',
  'content',
  'sha256',
  'previousSha256',
  'keyId',
  'createdAt',
)} from ${StatusListVersion} v where list_id = $1`;
const LATEST = sql`${VERSION} order by number desc limit 1`;
const VERSION_BY_NUMBER = sql`${VERSION} and number = $2`;
const LATEST_SUM = sql`select ${columns(StatusListVersion, 'v', 'sha256')} from ${StatusListVersion} v
  where list_id = $1 order by number desc limit 1`;

/** The newest signed version of a list, or null. */
export const latestList = (listId: number): Promise<ListRow | null> => row(LATEST, [listId]);

/** The hash of the newest signed version of a list, or null: shows whether a copy is still the newest. */
export const latestSum = async (listId: number): Promise<string | null> =>
  (await row(LATEST_SUM, [listId]))?.sha256 ?? null;

/** One version of a list, as it was once served, or null. */
export const listVersion = (listId: number, number: number): Promise<ListRow | null> =>
  row(VERSION_BY_NUMBER, [listId, number]);

/**
 * Sign a list in its current state and keep the version for good; each names the hash of the one before. Bits are never
 * cleared: throws when one would be, which means that the row of a revocation, suspension or supersession is gone.
 */
export function signList(listId: number, issuer: Issuer, now: number): Promise<ListRow> {
  return inTransaction(async () => {
    refuseInDoubt(issuer);
    await issuer.refresh();
    // Signers take turns, so that a list without a revocation never follows one with it.
    await takeSigningTurn();
    const version = await nextVersion(listId, issuer, now);
    await insertVersion(version);
    const payload = { listId, number: version.number, sha256: version.sha256 };
    await record('status-list.signed', payload, { actorId: null, organisationId: null, now });
    return version;
  });
}

async function nextVersion(listId: number, issuer: Issuer, now: number): Promise<ListRow> {
  const before = await latestList(listId);
  const revokedIndexes = await indexesToSet(listId, before);
  const { keyId } = issuer;
  const { text: content, sha256 } = await buildStatusList({ ...issuer, listId, revokedIndexes, now });
  const number = (before?.number ?? 0) + 1;
  const previousSha256 = before?.sha256 ?? HASH_BEFORE_FIRST;
  return { listId, number, content, sha256, previousSha256, keyId, createdAt: now };
}

/** Insert a version, which may come from a file: only its known fields are. Each number is used once. */
export const insertVersion = (version: ListRow): Promise<void> => {
  const { listId, number, content, sha256, previousSha256, keyId, createdAt } = version;
  return insert(StatusListVersion, { listId, number, content, sha256, previousSha256, keyId, createdAt });
};

const INDEX = renamed(Certificate, 'c', { index: 'statusIndex' });
const CHANGED = sql`select ${INDEX} from ${Certificate} c where c.status_list_id = $1 and c.superseded_at is not null
  union select c.status_index from ${Revocation} r join ${Certificate} c on c.id = r.certificate_id
    where c.status_list_id = $1
  union select c.status_index from ${Suspension} s join ${Certificate} c on c.id = s.certificate_id
    where c.status_list_id = $1`;
const PLACES = sql`select ${INDEX} from ${Certificate} c where c.status_list_id = $1`;

/** Every revocation, suspension and supersession sets its bit; a bit that was set stays set. */
async function indexesToSet(listId: number, before: ListRow | null): Promise<number[]> {
  const toSet = new Set((await rows(CHANGED, [listId])).map(({ index }) => index));
  const unexplained = (before ? setIndexes(before.content) : []).filter(index => !toSet.has(index));
  if (unexplained.length > 0) await refuseToClear(listId, unexplained);
  return [...toSet, ...unexplained];
}

/** A bit without a reason stays where no certificate has its place; otherwise somebody deleted the reason. */
async function refuseToClear(listId: number, indexes: readonly number[]): Promise<void> {
  const known = new Set((await rows(PLACES, [listId])).map(({ index }) => index));
  const cleared = indexes.filter(index => known.has(index));
  if (cleared.length === 0) return;
  throw new Error(`Status list ${listId} would clear the bits ${cleared.join(', ')}: run verify-ledger`);
}

const LISTS = sql`select ${columns(StatusList, 'l', 'id')} from ${StatusList} l order by id`;

/** The ids of all status lists, in order. */
export const listIds = async (): Promise<number[]> => (await rows(LISTS)).map(({ id }) => id);

/** Sign every list again. */
export async function signAllLists(issuer: Issuer, now: number): Promise<void> {
  for (const id of await listIds()) await signList(id, issuer, now);
}

/**
 * Sign the lists that were last signed more than a week ago (readers refuse a list that is old), while the clock was ahead, or with a key that is no longer
 * trusted.
 */
export async function signStaleLists(issuer: Issuer, now: number): Promise<void> {
  for (const id of await listIds()) await currentList(id, issuer, now);
}

const LIST = sql`select ${columns(StatusList, 'l', 'id')} from ${StatusList} l where id = $1`;

/**
 * A version of the list that can be relied on. The list is signed now when it never was, when it was signed with a key
 * or for an address that is no longer ours, when a week has passed, or when the clock was ahead and has been set right.
 * Null when there is no such list.
 */
export async function currentList(listId: number, issuer: Issuer, now: number): Promise<ListRow | null> {
  const current = await latestUsable(listId, issuer, now);
  if (current) return current;
  if (!(await row(LIST, [listId]))) return null;
  return inTransaction(async () => {
    await takeSigningTurn();
    // Of many who find it old at once, the first signs it.
    return (await latestUsable(listId, issuer, now)) ?? signList(listId, issuer, now);
  });
}

async function latestUsable(listId: number, issuer: Issuer, now: number): Promise<ListRow | null> {
  const latest = await latestList(listId);
  return latest && isRecent(latest, now) && isTrusted(latest, issuer) ? latest : null;
}

/** Signed within a week, and not so far in the future that its readers would refuse it. */
const isRecent = ({ createdAt }: ListRow, now: number): boolean =>
  createdAt > now - RENEWED_AFTER && createdAt <= now + CLOCK_SKEW;

/** Signed with a key that is trusted, and for our current address. */
function isTrusted({ listId, keyId, content }: ListRow, { did, baseUrl, document }: Issuer): boolean {
  const isKeyTrusted = keyId !== null && document.assertionMethod.includes(`${did}#${keyId}`);
  return isKeyTrusted && content.includes(JSON.stringify(statusListUrl(baseUrl, listId)));
}
