import { User } from '../accounts/tables.js';
import { rows } from '../db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../db/sql.js';
import { text } from '../db/table.js';
import { visibleTo } from '../organisations/reach.js';
import { Membership, MembershipPerson, Placement, Unit } from '../organisations/tables.js';
import type { Actor } from '../policy.js';
import { STANDINGS } from '../requirements/standings.js';
import { Assignment, StandingInterval } from '../requirements/tables.js';
import { fitting, type AskedIntervals } from './asked-intervals.js';

const PERSON = sql`${columns(Membership, 'm', 'id', 'employment')},
  ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
  ${orNull(renamed(User, 'u', { accountName: 'name', accountEmail: 'email' }))},
  ${orNull(renamed(Unit, 'h', { unit: 'name' }))}`;

const BESIDE = sql`left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
  left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home left join ${Unit} h on h.id = w.unit_id`;

/** After which place in a list it continues, and how many people it holds. */
export interface PartOfList {
  readonly after: string;
  readonly limit: number;
}

/**
 * The people whom `actor` may see and who stand as asked with any of the requirements, in the order of names. `next` is where
 * the list continues after a person. Nearly everybody stands with something, so that people are asked one by one; of
 * those who stand in a certain way there are few, so that they are gathered.
 */
export async function peopleStanding(actor: Actor, asked: AskedIntervals, { after, limit }: PartOfList) {
  if (asked.requirementIds.length === 0 || asked.unitIds?.length === 0) return [];
  const isAny = asked.standings.length > 1 && asked.dueBy === null && asked.unitIds === null;
  const { condition, params } = fitting(asked, 5, isAny ? BY_ASSIGNMENT : {});
  const reach = await visibleTo(actor, { alias: sql`m`, first: params.length + 5 });
  const stands = isAny
    ? sql`exists (select 1 from ${Assignment} a join ${StandingInterval} s on s.assignment_id = a.id
        where a.membership_id = m.id and ${condition})`
    : sql`m.id in (select s.membership_id from ${StandingInterval} s where ${condition})`;
  return rows(
    sql`select ${PERSON}, m.id || ' ' || m.sort_name ${as('next', text())} from (
          select m.id from ${Membership} m
          where m.organisation_id = $4 and (m.sort_name, m.id) > ($1, $2) and ${stands} and ${reach.condition}
          order by m.sort_name, m.id limit $3
        ) f join ${Membership} m on m.id = f.id ${BESIDE} order by m.sort_name, m.id`,
    [after.slice(37), after.slice(0, 36), limit, asked.organisationId, ...params, ...reach.params],
  );
}

/** Somebody in a list of standings. */
export type StandingPerson = Awaited<ReturnType<typeof peopleStanding>>[number];

const BY_ASSIGNMENT = { assigned: sql`a` };

/** How each of these people stands with each of the requirements, whatever else the list is narrowed by. */
export async function standingsOf(membershipIds: readonly string[], asked: AskedIntervals) {
  if (membershipIds.length === 0) return [];
  const of = { ...asked, standings: STANDINGS, unitIds: null, dueBy: null };
  const { condition, params } = fitting(of, membershipIds.length + 1, BY_ASSIGNMENT);
  return rows(
    sql`select ${columns(StandingInterval, 's', 'requirementId', 'membershipId', 'standing', 'dueDay', 'fromDay', 'toDay', 'because')}
        from ${Assignment} a join ${StandingInterval} s on s.assignment_id = a.id
        where a.membership_id in (${parameters(membershipIds.length)}) and ${condition}`,
    [...membershipIds, ...params],
  );
}

/** One of the standings of somebody in a list. */
export type FoundStanding = Awaited<ReturnType<typeof standingsOf>>[number];
