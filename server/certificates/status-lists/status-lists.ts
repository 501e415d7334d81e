import { randomInt } from 'node:crypto';
import { row, rows } from '../../db/rows.js';
import { afterCommit, inTransaction } from '../../db/transaction.js';
import { endOfChain, record } from '../../events/record.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { GENESIS } from '../ledger/hash.js';
import type { ListRow } from '../ledger/checkpoints.js';
import { statusListUrl } from '../../open-badges/credential.js';
import { buildStatusList, CLOCK_SKEW, setIndexes, STATUS_LIST_SIZE } from '../../open-badges/status-list.js';

/** A signed version of a list, as served. */
export interface ListVersion {
  readonly number: number;
  readonly content: string;
  readonly sha256: string;
  readonly previousSha256: string;
  readonly keyId: string | null;
  readonly createdAt: number;
}

const DAY = 86_400_000;

/** A list with this share of its places taken is left, so that a free place is found in a try or two. */
const FULL = 0.8;

/** Counting takes longer the fuller a list is: it is done again after this share of the places was given out. */
const RECOUNT = 0.01;

const VERSION = `select number, content, sha256, previous_sha256 as "previousSha256", key_id as "keyId", created_at as "createdAt"
  from status_list_versions where list_id = $1`;

/** A place in the newest list, at random: an index tells neither order nor number of certificates. */
export async function randomPlace(
  now: number,
  size = STATUS_LIST_SIZE,
): Promise<{ id: number; index: number }> {
  const newest = await row<{ id: number }>('select id from status_lists order by id desc limit 1');
  const id = newest && (await hasRoom(newest.id, size)) ? newest.id : (newest?.id ?? 0) + 1;
  if (id !== newest?.id)
    await rows('insert into status_lists (id, created_at) values ($1, $2) on conflict (id) do nothing', [
      id,
      now,
    ]);
  return { id, index: unsetIndex(await bitsSet(id), size) };
}

/** The list that was counted last, and how many more places may be given out before it is counted again. */
let counted = { id: 0, size: 0, left: 0 };

async function hasRoom(id: number, size: number): Promise<boolean> {
  if (counted.id === id && counted.size === size && counted.left > 0) {
    counted.left -= 1;
    return true;
  }
  const found = await row<{ used: number }>(
    'select count(*) as used from certificates where status_list_id = $1',
    [id],
  );
  counted = { id, size, left: Math.floor(size * RECOUNT) };
  return Number(found?.used) <= size * FULL;
}

/** The bits of the newest version that was looked at. */
let looked: { sum: string; bits: ReadonlySet<number> } = { sum: '', bits: new Set() };

async function bitsSet(listId: number): Promise<ReadonlySet<number>> {
  const sum = await latestSum(listId);
  if (sum === null) return new Set();
  if (sum !== looked.sum)
    looked = { sum, bits: new Set(setIndexes((await latestList(listId))?.content ?? '')) };
  return looked.bits;
}

/** A bit may be set where no certificate is known: one that an older copy of the database has forgotten. */
function unsetIndex(set: ReadonlySet<number>, size: number): number {
  const index = randomInt(size);
  return set.has(index) ? unsetIndex(set, size) : index;
}

/** The newest signed version of a list, or null. */
export const latestList = (listId: number): Promise<ListVersion | null> =>
  row<ListVersion>(`${VERSION} order by number desc limit 1`, [listId]);

/** The hash of the newest signed version of a list, or null: tells whether a copy is still the newest. */
export const latestSum = async (listId: number): Promise<string | null> =>
  (
    await row<{ sha256: string }>(
      'select sha256 from status_list_versions where list_id = $1 order by number desc limit 1',
      [listId],
    )
  )?.sha256 ?? null;

/** One version of a list, as it was once served; null when there never was such a one. */
export const listVersion = (listId: number, number: number): Promise<ListVersion | null> =>
  row<ListVersion>(`${VERSION} and number = $2`, [listId, number]);

/**
 * Sign a list as it stands now and keep the version for ever; each names the hash of the one before. Bits only
 * ever go from 0 to 1: throws when a bit would be taken back, which means that the row of a ruling is gone.
 */
export function signList(listId: number, issuer: Issuer, now: number): Promise<ListVersion> {
  return inTransaction(async () => {
    refuseInDoubt(issuer);
    await issuer.refresh();
    // Signers take turns, so that a list without a revocation never follows one with it: in the one line in which rulings
    // stand, too. A place of their own would be taken in another order.
    await endOfChain();
    const before = await latestList(listId);
    const revokedIndexes = await indexesToSet(listId, before);
    const { keyId } = issuer;
    const { text, sha256 } = await buildStatusList({ ...issuer, listId, revokedIndexes, now });
    const version: ListRow = {
      listId,
      number: (before?.number ?? 0) + 1,
      content: text,
      sha256,
      previousSha256: before?.sha256 ?? GENESIS,
      keyId,
      createdAt: now,
    };
    await keepVersion(version);
    const payload = { listId, number: version.number, sha256 };
    await record('status-list.signed', payload, { actorId: null, organisationId: null, now });
    afterCommit(() => issuer.marks.list(version));
    return version;
  });
}

/** Write a version. Its number is taken once. */
export const keepVersion = (version: ListRow): Promise<unknown> =>
  rows(
    `insert into status_list_versions (list_id, number, content, sha256, previous_sha256, key_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      version.listId,
      version.number,
      version.content,
      version.sha256,
      version.previousSha256,
      version.keyId,
      version.createdAt,
    ],
  );

/** Every ruling sets its bit; what was set stays set. */
async function indexesToSet(listId: number, before: ListVersion | null): Promise<number[]> {
  const ruled = await rows<{ index: number }>(
    `select status_index as "index" from certificates where status_list_id = $1 and superseded_at is not null
     union select c.status_index from revocations r join certificates c on c.id = r.certificate_id
       where c.status_list_id = $1
     union select c.status_index from suspensions s join certificates c on c.id = s.certificate_id
       where c.status_list_id = $1`,
    [listId],
  );
  const toSet = new Set(ruled.map(({ index }) => index));
  const unexplained = (before ? setIndexes(before.content) : []).filter(index => !toSet.has(index));
  if (unexplained.length > 0) await refuseToTakeBack(listId, unexplained);
  return [...toSet, ...unexplained];
}

/** A bit without a ruling is kept where no certificate is known; otherwise somebody deleted the ruling. */
async function refuseToTakeBack(listId: number, indexes: readonly number[]): Promise<void> {
  const places = await rows<{ index: number }>(
    'select status_index as "index" from certificates where status_list_id = $1',
    [listId],
  );
  const known = new Set(places.map(({ index }) => index));
  const lost = indexes.filter(index => known.has(index));
  if (lost.length === 0) return;
  throw new Error(
    `Status list ${listId} would take back what it said at ${lost.join(', ')}: run verify-ledger`,
  );
}

/** Sign every list anew, each day: readers refuse a list that is old. */
export async function signAllLists(issuer: Issuer, now: number): Promise<void> {
  const lists = await rows<{ id: number }>('select id from status_lists order by id');
  for (const { id } of lists) await signList(id, issuer, now);
}

/**
 * Sign the lists that nobody signed for a day, that a clock signed which was ahead, or that a key signed which is not
 * trusted any more.
 */
export async function signStaleLists(issuer: Issuer, now: number): Promise<void> {
  const lists = await rows<{ id: number }>('select id from status_lists order by id');
  for (const { id } of lists) await currentList(id, issuer, now);
}

/**
 * A version of the list that can be relied on: signed on the spot when it never was, when it was with a key or for an
 * address that is not ours any more, when a day has passed, or when the clock was ahead and has been set right. Null
 * when there is no such list.
 */
export async function currentList(listId: number, issuer: Issuer, now: number): Promise<ListVersion | null> {
  const current = await latestGood(listId, issuer, now);
  if (current) return current;
  if (!(await row('select id from status_lists where id = $1', [listId]))) return null;
  return inTransaction(async () => {
    await endOfChain();
    // Of many who find it old at once, the first signs it.
    return (await latestGood(listId, issuer, now)) ?? signList(listId, issuer, now);
  });
}

async function latestGood(listId: number, issuer: Issuer, now: number): Promise<ListVersion | null> {
  const latest = await latestList(listId);
  return latest && isRecent(latest, now) && isGood(listId, latest, issuer) ? latest : null;
}

/** Signed within a day, and not so far in the future that its readers would refuse it. */
const isRecent = ({ createdAt }: ListVersion, now: number): boolean =>
  createdAt > now - DAY && createdAt <= now + CLOCK_SKEW;

/** Signed with a key that is trusted, and for the address at which we are now. */
function isGood(
  listId: number,
  { keyId, content }: ListVersion,
  { did, baseUrl, document }: Issuer,
): boolean {
  const trusted = keyId !== null && document.assertionMethod.includes(`${did}#${keyId}`);
  return trusted && content.includes(JSON.stringify(statusListUrl(baseUrl, listId)));
}
