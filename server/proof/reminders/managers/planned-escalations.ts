import { User } from '../../../people/accounts/tables.js';
import { rowLists, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { nearestManagers } from '../../../people/organisations/grants/nearest-managers.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { StandingInterval } from '../../requirements/tables.js';
import type { RequirementInForce } from '../duties/due-reminders.js';
import { MOST_FORESEEN } from '../duties/planned-reminders.js';
import { lastingDuties, notEscalated } from './lasting-duties.js';

/** Names shown of each requirement: those for whom something was due first. */
const NAMES = 20;

/** Who stays overdue with a requirement on a day, of which those who manage them will be told: how many, and the first of them. */
export interface PlannedEscalation {
  readonly title: string;
  readonly people: number;
  /** Whether there may be more: only the `MOST_FORESEEN` for whom something was due last were looked at. */
  readonly isPart: boolean;
  readonly first: readonly {
    readonly membershipId: string;
    readonly name: string;
    readonly to: readonly string[];
  }[];
}

/** What would be told to managers on a day of a requirement, as we say it now, of the people whom `actor` may see. */
export async function plannedEscalation(
  actor: Actor,
  { organisationId, requirementId, version }: RequirementInForce & { readonly organisationId: string },
  day: string,
): Promise<PlannedEscalation> {
  const seen = await lastingSeen(actor, requirementId, day);
  const left = seen.filter(({ isTold }) => !isTold).toReversed();
  const found = left.slice(0, NAMES);
  const managers = await nearestManagers(organisationId, found, day);
  const names = await namesOf([...new Set([...managers.values()].flat())]);
  const first = found.map(({ membershipId, name, accountName }) => ({
    membershipId,
    name: name ?? accountName ?? '',
    to: (managers.get(membershipId) ?? []).flatMap(id => names.get(id) ?? []),
  }));
  return { title: version.title, people: left.length, isPart: seen.length === MOST_FORESEEN, first };
}

/** Those who stay overdue and whom the actor may see, the latest due day first: of most of the others somebody was told. */
async function lastingSeen(actor: Actor, requirementId: string, day: string) {
  const { from, params, next } = lastingDuties(requirementId, day);
  const reach = await visibleTo(actor, { alias: sql`m`, first: next });
  const found = await rowLists(
    sql`select ${columns(StandingInterval, 'f', 'membershipId')}, ${columns(Membership, 'f', 'userId')},
          ${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))},
          case when ${notEscalated(sql`f`)} then 0 else 1 end ${as('isTold', integer())}
        from (select i.membership_id, m.user_id, i.assignment_id, i.due_day ${from} and ${reach.condition}
            order by i.due_day desc limit ${MOST_FORESEEN}) f
          left join ${MembershipPerson} p on p.membership_id = f.membership_id left join ${User} u on u.id = f.user_id
        order by f.due_day desc, f.membership_id desc`,
    ['membershipId', 'userId', 'name', 'accountName', 'isTold'],
    [...params, ...reach.params],
  );
  return found.map(([membershipId, userId, name, accountName, isTold]) => ({
    ...{ membershipId, userId, name, accountName },
    isTold: isTold === 1,
  }));
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
