import { User } from '../../people/accounts/tables.js';
import type { Param } from '../../platform/db/lanes.js';
import { rowLists, rows } from '../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql, type Sql } from '../../platform/db/sql.js';
import { nullable, text } from '../../platform/db/table.js';
import { LAST, nextByName } from '../../people/organisations/people/next-by-name.js';
import { visibleTo } from '../../people/organisations/reach.js';
import { Membership, MembershipPerson, Placement, Unit } from '../../people/organisations/tables.js';
import type { Actor } from '../../policy.js';
import { STANDINGS } from '../requirements/standings.js';
import { StandingInterval } from '../requirements/tables.js';
import { fitting, type AskedIntervals, type AskedStandings } from './asked-intervals.js';
import { areCommon } from './common-standings.js';

/** After which place in a list it continues, and how many people it holds. */
export interface PartOfList {
  readonly after: string;
  readonly limit: number;
}

/** Where the list continues after a person. */
const NEXT = sql`f.id || ' ' || f.sort_name ${as('next', text())}`;

const PERSON = sql`${columns(Membership, 'f', 'id', 'employment')},
  ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
  ${orNull(renamed(User, 'u', { accountName: 'name', accountEmail: 'email' }))},
  ${orNull(renamed(Unit, 'h', { unit: 'name' }))}`;

const BESIDE = sql`join ${Membership} m on m.id = f.id
  left join ${MembershipPerson} p on p.membership_id = f.id left join ${User} u on u.id = m.user_id
  left join ${Placement} w on w.membership_id = f.id and w.has_reach and w.is_home left join ${Unit} h on h.id = w.unit_id`;

/**
 * The people whom `actor` may see and who stand as asked with any of the requirements, in the order of names. `next` is where
 * the list continues after a person.
 */
export async function peopleStanding(actor: Actor, asked: AskedStandings, part: PartOfList) {
  if (isOfNobody(asked)) return [];
  const { people, params } = await partOfPeople(actor, asked, part, STANDS);
  return rows(sql`select ${PERSON}, ${NEXT} from (${people}) f ${BESIDE} order by f.sort_name, f.id`, params);
}

/** Somebody in a list of standings. */
export type StandingPerson = Awaited<ReturnType<typeof peopleStanding>>[number];

const isOfNobody = ({ requirementIds, unitIds }: AskedIntervals): boolean =>
  requirementIds.length === 0 || unitIds?.length === 0;

const STANDS = (condition: Sql) =>
  sql`exists (select 1 from ${StandingInterval} s where s.membership_id = m.id and ${condition})`;

/** People of a list, as a statement. `condition`: on the intervals `s` that are asked for. */
interface ListedPeople {
  readonly people: Sql;
  readonly condition: Sql;
  readonly params: readonly Param[];
}

/**
 * The next people of a list. Nearly everybody stands with something, so that they are asked one by one, by `each`; those who stand in a
 * certain way are gathered, unless they are many.
 */
async function partOfPeople(
  actor: Actor,
  asked: AskedStandings,
  { after, limit }: PartOfList,
  each: (condition: Sql) => Sql,
): Promise<ListedPeople> {
  const { organisationId, isCounted, tops, unitIds } = asked;
  const place = { name: after.slice(37), id: after.slice(0, 36) };
  const { condition, params } = fitting(asked, 1);
  const isAny = asked.standings.length > 1 && asked.dueBy === null;
  if ((isAny && (unitIds === null || isCounted)) || (await areCommon(asked, limit))) {
    const also = isAny && unitIds === null ? each(condition) : STANDS(condition);
    const names = { organisationId, units: isCounted ? tops : null, after: place, before: LAST, limit };
    return { condition, ...(await nextByName(actor, { ...names, also, params })) };
  }
  // Of a day that is not counted, they may be many.
  const { condition: gathered } = fitting(asked, 1, { areFew: isCounted });
  const first = params.length + 1;
  const reach = await visibleTo(actor, { alias: sql`m`, first: first + 4, isWalked: true });
  const people = sql`select m.id, m.sort_name, m.employment
      from (select distinct s.membership_id from ${StandingInterval} s where ${gathered}) r cross join ${Membership} m
      where m.id = r.membership_id and m.organisation_id = $${first} and (m.sort_name, m.id) > ($${first + 1}, $${first + 2})
        and ${reach.condition}
      order by m.sort_name, m.id limit $${first + 3}`;
  return {
    people,
    condition,
    params: [...params, organisationId, place.name, place.id, limit, ...reach.params],
  };
}

/** The name of an account is read only where the organisation has none. */
const LISTED = sql`coalesce(p.name, (select u.name from ${Membership} o join ${User} u on u.id = o.user_id where o.id = f.id), '')
  ${as('name', text())}`;

/** Most rest on no exemption; then their reasons are not read. */
const EXEMPTED = sql`case when s.because not like '%"exemptionId":null%' then s.because end ${as('exempted', nullable(text()))}`;

/** What a record of a file is made from. */
const RECORD = [
  ...(['employment', 'name', 'staffNumber', 'unit', 'exempted'] as const),
  ...(['requirementId', 'standing', 'fromDay', 'dueDay', 'next'] as const),
] as const;

/**
 * The next `limit` people in the order of names, each with every interval that is asked for, as lists of what `RECORD` names: the
 * standing is null for somebody who has none. One statement, as a file of everybody costs what this does.
 */
export async function recordsStanding(actor: Actor, asked: AskedStandings, part: PartOfList) {
  if (isOfNobody(asked)) return [];
  const { people, condition, params } = await partOfPeople(actor, asked, part, () => sql`true`);
  return rowLists(
    sql`select ${columns(Membership, 'f', 'employment')}, ${LISTED}, ${orNull(columns(MembershipPerson, 'p', 'staffNumber'))},
          ${orNull(renamed(Unit, 'h', { unit: 'name' }))}, ${EXEMPTED},
          ${orNull(columns(StandingInterval, 's', 'requirementId', 'standing', 'fromDay', 'dueDay'))}, ${NEXT}
        from (${people}) f left join ${MembershipPerson} p on p.membership_id = f.id
          left join ${StandingInterval} s on s.membership_id = f.id and ${condition} left join ${Unit} h on h.id = s.unit_id
        order by f.sort_name, f.id, s.requirement_id`,
    RECORD,
    params,
  );
}

/** How each of these people stands with each of the requirements, whatever else the list is narrowed by. */
export async function standingsOf(membershipIds: readonly string[], asked: AskedIntervals) {
  if (membershipIds.length === 0) return [];
  const of = { ...asked, standings: STANDINGS, unitIds: null, dueBy: null };
  const { condition, params } = fitting(of, membershipIds.length + 1);
  return rows(
    sql`select ${columns(StandingInterval, 's', 'requirementId', 'membershipId', 'standing', 'dueDay')}
        from ${StandingInterval} s where s.membership_id in (${parameters(membershipIds.length)}) and ${condition}`,
    [...membershipIds, ...params],
  );
}

/** One of the standings of somebody in a list. */
export type FoundStanding = Awaited<ReturnType<typeof standingsOf>>[number];
