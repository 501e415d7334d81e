import { randomInt } from 'node:crypto';
import { database } from '../db/connect.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import type { Issuer } from './issuer.js';
import { buildStatusList, STATUS_LIST_SIZE } from './vc/status-list.js';

/** The hash before the first version of a list. */
const GENESIS = '0'.repeat(64);

/** A signed version of a list, as served. */
export interface ListVersion {
  readonly number: number;
  readonly content: string;
  readonly sha256: string;
  readonly createdAt: number;
}

/** A place in the newest list, at random: an index tells neither order nor number of certificates. */
export async function randomPlace(now: number): Promise<{ id: number; index: number }> {
  const newest = await row<{ id: number; used: number }>(
    `select l.id, (select count(*) from certificates c where c.status_list_id = l.id) as used
     from status_lists l order by l.id desc limit 1`,
  );
  // A new list before the old one is full, so that a free index is found in a try or two.
  const id = !newest || Number(newest.used) > STATUS_LIST_SIZE * 0.8 ? (newest?.id ?? 0) + 1 : newest.id;
  await rows('insert into status_lists (id, created_at) values ($1, $2) on conflict (id) do nothing', [
    id,
    now,
  ]);
  return { id, index: randomInt(STATUS_LIST_SIZE) };
}

/** The newest signed version of a list, or null. */
export const latestList = (listId: number): Promise<ListVersion | null> =>
  row<ListVersion>(
    `select number, content, sha256, created_at as "createdAt" from status_list_versions
     where list_id = $1 order by number desc limit 1`,
    [listId],
  );

/**
 * Sign a list as it stands now and keep the version for ever; each names the hash of the one before. Bits
 * only ever go from 0 to 1: the revocations they come from are never deleted.
 */
export function signList(listId: number, issuer: Issuer, now: number): Promise<ListVersion> {
  return inTransaction(async () => {
    // Signers take turns, so that a list without a revocation never follows one with it.
    if (database().dialect === 'postgres')
      await rows('select id from status_lists where id = $1 for update', [listId]);
    const revoked = await rows<{ index: number }>(
      `select c.status_index as "index" from certificates c join revocations r on r.certificate_id = c.id
       where c.status_list_id = $1`,
      [listId],
    );
    const before = await latestList(listId);
    const { text, sha256 } = await buildStatusList({
      ...issuer,
      listId,
      revokedIndexes: revoked.map(({ index }) => index),
      now,
    });
    const number = (before?.number ?? 0) + 1;
    await rows(
      `insert into status_list_versions (list_id, number, content, sha256, previous_sha256, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [listId, number, text, sha256, before?.sha256 ?? GENESIS, now],
    );
    await record(
      'status-list.signed',
      { listId, number, sha256 },
      { actorId: null, organisationId: null, now },
    );
    return { number, content: text, sha256, createdAt: now };
  });
}

/** Sign every list anew, each day: readers refuse a list that is old. */
export async function signAllLists(issuer: Issuer, now: number): Promise<void> {
  const lists = await rows<{ id: number }>('select id from status_lists order by id');
  for (const { id } of lists) await signList(id, issuer, now);
}

/** The current list; signed on the spot when it never was. Null when there is no such list. */
export async function currentList(listId: number, issuer: Issuer, now: number): Promise<ListVersion | null> {
  if (!(await row('select id from status_lists where id = $1', [listId]))) return null;
  return (await latestList(listId)) ?? signList(listId, issuer, now);
}
