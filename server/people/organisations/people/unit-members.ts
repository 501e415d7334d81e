import { database } from '../../../platform/db/connect.js';
import { as, columns, parameters, sql, type Sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { toHold } from '../../../platform/db/transaction.js';
import { forEachOf } from '../many-rows.js';
import { Membership, Placement, Unit, UnitAncestor, UnitMember } from '../tables.js';

/** From which units people are seen: those where a placement of theirs has reach, and all above. On SQLite in this order, too. */
const SEEN_FROM = sql`select distinct a.ancestor_id, m.sort_name, m.id
  from ${Placement} p cross join ${UnitAncestor} a cross join ${Membership} m
  where p.has_reach and a.unit_id = p.unit_id and m.id = p.membership_id`;

/** In the order of the key, so that many rows are put in place one beside the other. */
const add = (seen: Sql): Sql => sql`insert into ${UnitMember} (ancestor_id, sort_name, membership_id)
  ${seen} order by 1, 2, 3 on conflict do nothing`;

/** A row is found by what it says, which is its key: no index by person has to be written with each. */
const remove = (seen: Sql): Sql =>
  sql`delete from ${UnitMember} where (ancestor_id, sort_name, membership_id) in (${seen})`;

/**
 * Make a change of the places of some people, or of their names in lists, and write from which units they are seen. Joins the
 * transaction. Their memberships are held first: of two who change the place and the name of one person, the second sees what
 * the first wrote.
 */
export async function refreshUnitMembers(
  ids: readonly string[],
  change: () => Promise<unknown>,
): Promise<void> {
  await holdMembers(ids);
  const ofThem = (list: Sql) => sql`${SEEN_FROM} and p.membership_id in (${list})`;
  await forEachOf(ids, [], list => remove(ofThem(list)));
  await change();
  await forEachOf(ids, [], list => add(ofThem(list)));
}

/** Hold memberships until the transaction ends. */
export const holdMembers = (ids: readonly string[]): Promise<void> =>
  hold(ids, list => sql`m.id in (${list})`);

/** Units that were just moved in the tree, or are new in it; which units are above some of them that were not, and which no more. */
export interface MovedUnits {
  readonly moved: readonly string[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Write from which units those are seen who work in units that were moved. Only what differs is written: whoever works elsewhere as
 * well may still be seen from a unit that is no more above this one.
 */
export async function followTree({ moved, gained, lost }: MovedUnits): Promise<void> {
  const placedIn = (list: Sql) =>
    sql`select p.membership_id from ${Placement} p where p.unit_id in (${list}) and p.has_reach`;
  await hold(moved, list => sql`m.id in (${placedIn(list)})`);
  if (lost.length > 0)
    await forEachOf(moved, lost, list => remove(seenNoMore(list, parameters(lost.length))));
  const seen = (list: Sql) =>
    sql`${SEEN_FROM} and p.unit_id in (${list}) and a.ancestor_id in (${parameters(gained.length)})`;
  if (gained.length > 0) await forEachOf(moved, gained, list => add(seen(list)));
}

const seenNoMore = (moved: Sql, lost: Sql): Sql => sql`select u.id, m.sort_name, m.id
  from ${Placement} p cross join ${Membership} m cross join ${Unit} u
  where p.unit_id in (${moved}) and p.has_reach and m.id = p.membership_id and u.id in (${lost})
    and not exists (select 1 from ${Placement} o cross join ${UnitAncestor} a
      where o.membership_id = m.id and o.has_reach and a.unit_id = o.unit_id and a.ancestor_id = u.id)`;

/** SQLite has only one writer anyway. */
const hold = async (ids: readonly string[], condition: (list: Sql) => Sql): Promise<void> => {
  if (database().dialect === 'sqlite') return;
  const held = (list: Sql) =>
    sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where ${condition(list)} order by m.id${toHold()}`;
  await forEachOf(ids, [], list => sql`select count(*) ${as('people', integer())} from (${held(list)}) h`);
};
