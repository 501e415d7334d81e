import { listed, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer, type Row } from '../../../platform/db/table.js';
import { isId } from '../../../platform/lib/ids.js';
import { foldedText } from '../../../platform/lib/text/folding.js';
import { filterCondition, type FoundBy, type Findable } from '../protocol/filter-sql.js';
import type { AskedList } from '../protocol/asked-list.js';
import { ProvisionedGroup, ProvisionedGroupMember, ProvisionedPerson } from '../tables.js';

/** A group of an organisation's directory. */
export type StoredGroup = Readonly<
  Pick<
    Row<typeof ProvisionedGroup>,
    'id' | 'organisationId' | 'displayName' | 'externalId' | 'means' | 'unitId' | 'createdAt' | 'changedAt'
  >
>;

const GROUP = sql`select ${columns(ProvisionedGroup, 'g', 'id', 'organisationId', 'displayName', 'externalId', 'means', 'unitId', 'createdAt', 'changedAt')}
  from ${ProvisionedGroup} g where g.organisation_id = $1`;

/** One group, or null. */
export const findGroup = (organisationId: string, id: unknown): Promise<StoredGroup | null> =>
  isId(id) ? row(sql`${GROUP} and g.id = $2`, [organisationId, id]) : Promise.resolve(null);

/** All groups by name, for the page of an administrator. */
export const directoryGroups = (organisationId: string): Promise<StoredGroup[]> =>
  rows(sql`${GROUP} order by g.folded_name, g.id limit 500`, [organisationId]);

const hasMember: FoundBy = {
  as: 'related',
  condition: first => sql`exists (select 1 from ${ProvisionedGroupMember} m
    where m.group_id = g.id and m.person_id = $${first} and not m.is_leaving)`,
};

const FINDABLE: Findable = new Map<string, FoundBy>([
  ['id', { as: 'text', column: sql`g.id`, fold: value => value }],
  ['displayname', { as: 'text', column: sql`g.folded_name`, fold: foldedText }],
  ['externalid', { as: 'text', column: sql`g.external_id`, fold: value => value }],
  ['members', hasMember],
  ['members.value', hasMember],
  ['meta.created', { as: 'moment', column: sql`g.created_at` }],
  ['meta.lastmodified', { as: 'moment', column: sql`g.changed_at` }],
]);

/** A page of an organisation's groups, in the order in which they came, and how many there are. */
export async function listGroups(organisationId: string, { filter, offset, limit }: AskedList) {
  const { condition, params } = filter
    ? filterCondition(filter, FINDABLE, 2)
    : { condition: sql`1 = 1`, params: [] };
  const all = [organisationId, ...params];
  const count = sql`select count(*) ${as('count', integer())} from ${ProvisionedGroup} g
    where g.organisation_id = $1 and ${condition}`;
  const page = sql`${GROUP} and ${condition} order by g.created_at, g.id limit ${limit} offset ${offset}`;
  const total = Number((await row(count, all))?.count);
  return { total, groups: limit === 0 ? [] : await rows(page, all) };
}

/** The ids of the people in each of these groups. */
export async function membersOfGroups(groupIds: readonly string[]): Promise<Map<string, string[]>> {
  const members = new Map<string, string[]>(groupIds.map(id => [id, []]));
  const found = await rows(
    sql`select ${columns(ProvisionedGroupMember, 'm', 'groupId', 'personId')} from ${ProvisionedGroupMember} m
        where m.group_id in (select value ->> 0 from ${listed(1)} as list) and not m.is_leaving order by m.person_id`,
    [JSON.stringify(groupIds.map(id => [id]))],
  );
  for (const { groupId, personId } of found) members.get(groupId)?.push(personId);
  return members;
}

/** Those of these ids that are of people whom the organisation's directory keeps. */
export async function knownPeople(organisationId: string, ids: readonly string[]): Promise<string[]> {
  const found = await rows(
    sql`select ${columns(ProvisionedPerson, 's', 'id')} from ${ProvisionedPerson} s
        where s.organisation_id = $1 and s.removed_at is null
          and s.id in (select value ->> 0 from ${listed(2)} as list)`,
    [organisationId, JSON.stringify(ids.filter(isId).map(id => [id]))],
  );
  return found.map(({ id }) => id);
}
