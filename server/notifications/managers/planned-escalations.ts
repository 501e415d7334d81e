import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { nearestManagers } from '../../organisations/grants/nearest-managers.js';
import { visibleTo } from '../../organisations/reach.js';
import { Membership, MembershipPerson } from '../../organisations/tables.js';
import type { Actor } from '../../policy.js';
import { StandingInterval } from '../../requirements/tables.js';
import type { RequirementInForce } from '../duties/due-reminders.js';
import { lastingDuties } from './lasting-duties.js';

/** Names shown of each requirement. */
const NAMES = 50;

/** Who stays overdue with a requirement on a day, of which those who manage them will be told: how many, and the first of them. */
export interface PlannedEscalation {
  readonly title: string;
  readonly people: number;
  readonly first: readonly {
    readonly membershipId: string;
    readonly name: string;
    readonly to: readonly string[];
  }[];
}

/** What would be told to managers on a day of a requirement, as we say it now, of the people whom `actor` may see; null: nothing. */
export async function plannedEscalation(
  actor: Actor,
  { organisationId, requirementId, version }: RequirementInForce & { readonly organisationId: string },
  day: string,
): Promise<PlannedEscalation | null> {
  const found = await lastingSeen(actor, requirementId, day);
  if (found.length === 0) return null;
  const managers = await nearestManagers(organisationId, found, day);
  const names = await namesOf([...new Set([...managers.values()].flat())]);
  const first = found.map(({ membershipId, name, accountName }) => ({
    membershipId,
    name: name ?? accountName ?? '',
    to: (managers.get(membershipId) ?? []).flatMap(id => names.get(id) ?? []),
  }));
  return { title: version.title, people: Number(found[0]?.all ?? 0), first };
}

async function lastingSeen(actor: Actor, requirementId: string, day: string) {
  const { from, params, next } = lastingDuties(requirementId, day);
  const seen = await visibleTo(actor, { alias: sql`m`, first: next });
  return rows(
    sql`select ${columns(StandingInterval, 'i', 'membershipId')}, ${columns(Membership, 'm', 'userId')},
          ${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))},
          count(*) over () ${as('all', integer())}
        from ${StandingInterval} i join ${Membership} m on m.id = i.membership_id
          left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        where i.id in (select i.id ${from} and ${seen.condition}) order by m.sort_name, m.id limit ${NAMES}`,
    [...params, ...seen.params],
  );
}

/** The names of accounts, by id. */
async function namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (userIds.length === 0) return new Map();
  const found = await rows(
    sql`select ${columns(User, 'u', 'id', 'name')} from ${User} u where u.id in (${parameters(userIds.length)})`,
    userIds,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
