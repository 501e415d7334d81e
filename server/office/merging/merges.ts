import { row, rows } from '../../platform/db/rows.js';
import { columns, renamed, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { toHold } from '../../platform/db/transaction.js';
import { Organisation } from '../../people/organisations/tables.js';
import { Merge, MergedMember } from './tables.js';

/** For how many days a merge can be undone, by those who may merge and by either mailbox. */
export const UNDO_MERGE_DAYS = 30;

/** Until when (epoch ms) a merge can be undone. */
export const mergeUndoableUntil = ({ mergedAt }: Pick<DoneMerge, 'mergedAt'>): number =>
  mergedAt + UNDO_MERGE_DAYS * 86_400_000;

/** A merge that was made. */
export type DoneMerge = Readonly<Row<typeof Merge>>;

const MERGES = sql`select ${columns(Merge, 'g', 'id', 'organisationId', 'keptUserId', 'closedUserId', 'mergedBy', 'mergedAt', 'undoneAt', 'undoneBy', 'undoneBecause')}
  from ${Merge} g`;

/** A merge by its id, or null. */
export const findMerge = (id: string): Promise<DoneMerge | null> => row(sql`${MERGES} where g.id = $1`, [id]);

/** The same; nobody else undoes it until the transaction ends. */
export const holdMerge = (id: string): Promise<DoneMerge | null> =>
  row(sql`${MERGES} where g.id = $1${toHold()}`, [id]);

/** The newest merges of the installation. */
export const newestMerges = (): Promise<DoneMerge[]> =>
  rows(sql`${MERGES} order by g.merged_at desc, g.id limit 100`);

const MEMBERS = sql`select ${columns(MergedMember, 'd', 'membershipId', 'organisationId', 'keptId', 'loginId', 'gaveNumber', 'asBefore', 'carried')},
    ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })}
  from ${MergedMember} d join ${Organisation} o on o.id = d.organisation_id`;

/** What a merge did in each organisation, in the order in which those are held. */
export const membersOfMerge = (mergeId: string) =>
  rows(sql`${MEMBERS} where d.merge_id = $1 order by d.organisation_id, d.membership_id`, [mergeId]);

export type MergedMemberRow = Awaited<ReturnType<typeof membersOfMerge>>[number];

const ABOUT = sql`${MERGES} where g.undone_at is null and exists (select 1 from ${MergedMember} d
  where d.merge_id = g.id and (d.membership_id = $1 or d.kept_id = $1)) order by g.merged_at desc`;

/** The merges that made a membership what it is: into it, or of it. */
export const mergesOfMember = (membershipId: string): Promise<DoneMerge[]> => rows(ABOUT, [membershipId]);

const OF_ACCOUNT = sql`${MERGES} where g.undone_at is null and (g.kept_user_id = $1 and g.closed_user_id is not null or g.closed_user_id = $1)
  order by g.merged_at desc`;

/** The merges that made an account what it is. */
export const mergesOfAccount = (userId: string): Promise<DoneMerge[]> => rows(OF_ACCOUNT, [userId]);

const INTO_ACCOUNT = sql`select ${columns(Merge, 'g', 'closedUserId')} from ${Merge} g
  where g.kept_user_id = $1 and g.closed_user_id is not null and g.undone_at is null`;

/** The accounts that were merged into one, by merges that stand. */
export const accountsMergedInto = async (userId: string): Promise<string[]> =>
  (await rows(INTO_ACCOUNT, [userId])).flatMap(({ closedUserId }) => closedUserId ?? []);

/** The memberships that were merged into one, by merges that stand. */
export async function membersMergedInto(membershipId: string): Promise<string[]> {
  const found = await rows(
    sql`select ${columns(MergedMember, 'd', 'membershipId')} from ${MergedMember} d join ${Merge} g on g.id = d.merge_id
        where d.kept_id = $1 and g.undone_at is null`,
    [membershipId],
  );
  return found.map(each => each.membershipId);
}
