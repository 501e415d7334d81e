import { rows } from '../../db/rows.js';
import { as, columns, parameters, sql, type Sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { toHold } from '../../db/transaction.js';
import { forEachOf } from '../many-rows.js';
import { Membership, Placement, UnitAncestor, UnitMember } from '../tables.js';

/** Whose placement has reach in which units, with all units above: in this order on SQLite, too. */
const SEEN_FROM = sql`from ${Placement} p cross join ${UnitAncestor} a cross join ${Membership} m
  where p.has_reach and a.unit_id = p.unit_id and m.id = p.membership_id`;

/** In the order of the key: many rows are then put in place one beside the other. */
const insertThose = (
  condition: Sql,
): Sql => sql`insert into ${UnitMember} (ancestor_id, sort_name, membership_id)
  select distinct a.ancestor_id, m.sort_name, m.id ${SEEN_FROM} and ${condition} order by 1, 2, 3 on conflict do nothing`;

/**
 * Write from which units some people are seen, whose places, or names in lists, were just written. Joins the transaction. Their
 * memberships are held first, so that of two who change the place and the name of one person the second sees what the first wrote.
 */
export async function refreshUnitMembers(ids: readonly string[]): Promise<void> {
  await forEachOf(ids, [], list => held(sql`m.id in (${list})`));
  await forEachOf(ids, [], list => sql`delete from ${UnitMember} where membership_id in (${list})`);
  await forEachOf(ids, [], list => insertThose(sql`p.membership_id in (${list})`));
}

/** Which units are above some others that were not, and which no more. */
export interface MovedUnits {
  readonly moved: readonly string[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Write from which units those are seen who work in units that were just moved in the tree, or are new in it. Only what differs is
 * written: whoever works elsewhere as well may still be seen from a unit that is no more above this one.
 */
export async function followTree({ moved, gained, lost }: MovedUnits): Promise<void> {
  await forEachOf(moved, [], list => held(sql`m.id in (${placedIn(list)})`));
  const isStill = sql`exists (select 1 ${SEEN_FROM} and m.id = ${UnitMember}.membership_id and a.ancestor_id = ${UnitMember}.ancestor_id)`;
  if (lost.length > 0)
    await forEachOf(
      moved,
      lost,
      list => sql`delete from ${UnitMember} where ancestor_id in (${parameters(lost.length)})
        and membership_id in (${placedIn(list)}) and not ${isStill}`,
    );
  if (gained.length > 0)
    await forEachOf(moved, gained, list =>
      insertThose(sql`p.unit_id in (${list}) and a.ancestor_id in (${parameters(gained.length)})`),
    );
}

const placedIn = (units: Sql): Sql =>
  sql`select p.membership_id from ${Placement} p where p.unit_id in (${units}) and p.has_reach`;

const held = (condition: Sql): Sql => sql`select count(*) ${as('people', integer())} from (
  select ${columns(Membership, 'm', 'id')} from ${Membership} m where ${condition} order by m.id${toHold()}) h`;
