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
import { MOST_FORESEEN } from '../duties/planned-reminders.js';
import { lastingDuties } from './lasting-duties.js';

/** Names shown of each requirement: those for whom something was due first. */
const NAMES = 20;

/** Who stays overdue with a requirement on a day, of which those who manage them will be told: how many, and the first of them. */
export interface PlannedEscalation {
  readonly title: string;
  /** Null: more than `MOST_FORESEEN`. */
  readonly people: number | null;
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
  const people = await lastingCount(actor, requirementId, day);
  return { title: version.title, people: people > MOST_FORESEEN ? null : people, first };
}

async function seenIn(actor: Actor, requirementId: string, day: string) {
  const { from, params, next } = lastingDuties(requirementId, day);
  const seen = await visibleTo(actor, { alias: sql`m`, first: next });
  return { from, condition: seen.condition, params: [...params, ...seen.params] };
}

async function lastingCount(actor: Actor, requirementId: string, day: string): Promise<number> {
  const { from, condition, params } = await seenIn(actor, requirementId, day);
  const [found] = await rows(
    sql`select count(*) ${as('people', integer())}
        from (select 1 as one ${from} and ${condition} limit ${MOST_FORESEEN + 1}) f`,
    params,
  );
  return Number(found?.people ?? 0);
}

async function lastingSeen(actor: Actor, requirementId: string, day: string) {
  const { from, condition, params } = await seenIn(actor, requirementId, day);
  return rows(
    sql`select ${columns(StandingInterval, 'i', 'membershipId')}, ${columns(Membership, 'm', 'userId')},
          ${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from (select i.id as interval_id ${from} and ${condition} order by i.due_day limit ${NAMES}) f
          join ${StandingInterval} i on i.id = f.interval_id join ${Membership} m on m.id = i.membership_id
          left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        order by i.due_day, m.id`,
    params,
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
