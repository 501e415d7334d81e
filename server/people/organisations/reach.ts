import type { Param } from '../../platform/db/lanes.js';
import { row, rows } from '../../platform/db/rows.js';
import { as, columns, parameters, renamed, sql, type Sql } from '../../platform/db/sql.js';
import { integer } from '../../platform/db/table.js';
import { can, managedBy, type Actor } from '../../policy.js';
import { Membership, Placement, UnitAncestor, UnitMember } from './tables.js';

/** A condition for a statement, and the parameters that it adds to it. */
export interface Reach {
  readonly condition: Sql;
  readonly params: readonly Param[];
  /** Where few are in reach, the ids of their memberships: a list that would walk through everybody begins with them. */
  readonly few: Sql | null;
}

/** What the statement calls the rows that are limited, and the number of the first parameter that is free. */
interface Into {
  readonly alias: Sql;
  readonly first: number;
  /** Its rows are asked one by one, and soon enough of them are found, or there are no more. */
  readonly isWalked?: boolean;
}

/**
 * Limits a list of memberships to the people whom `actor` manages: everybody for an administrator of the installation, all
 * of an organisation, or the people of a unit and those below it. Every list of people for those who manage them carries
 * this condition or that of `visibleRows` (`test/architecture.test.ts`).
 */
export const visibleTo = (actor: Actor, { alias, ...into }: Into): Promise<Reach> =>
  reach(actor, into, {
    alias,
    gathered: people => sql`${alias}.id in (${people})`,
    asked: seenFrom =>
      sql`exists (select 1 from ${seenFrom} and p.membership_id = ${alias}.id ${into.isWalked ? BY_EACH : sql``})`,
  });

/** As `visibleTo`, for rows that have a `user_id` and an `organisation_id`: certificates, enrolments, requests. */
export const visibleRows = (actor: Actor, { alias, ...into }: Into): Promise<Reach> =>
  reach(actor, into, {
    alias,
    gathered: people => sql`(${alias}.organisation_id, ${alias}.user_id) in (
      select o.organisation_id, o.user_id from ${Membership} o where o.user_id is not null and o.id in (${people}))`,
    asked: seenFrom => sql`exists (select 1 from ${Membership} o cross join ${seenFrom}
      and p.membership_id = o.id and o.organisation_id = ${alias}.organisation_id and o.user_id = ${alias}.user_id)`,
  });

/** The people of units, in two ways: gathered before the list is read, or asked of each of its rows. */
interface InUnits {
  readonly alias: Sql;
  readonly gathered: (people: Sql) => Sql;
  readonly asked: (seenFrom: Sql) => Sql;
}

async function reach(
  actor: Actor,
  { first, isWalked = false }: Omit<Into, 'alias'>,
  { alias, gathered, asked }: InUnits,
): Promise<Reach> {
  if (actor.isAdministrator) return { condition: sql`1 = 1`, params: [], few: null };
  const [whole, units] = [managedWhole(actor), managedUnits(actor)];
  const params = [...whole, ...units];
  const among = sql`${alias}.organisation_id in (${parameters(whole.length, first)})`;
  if (units.length === 0) return { condition: whole.length > 0 ? among : sql`1 = 0`, params, few: null };
  const list = parameters(units.length, first + whole.length);
  const people = sql`select n.membership_id from ${UnitMember} n where n.ancestor_id in (${list})`;
  const areFew = !isWalked && (await haveFew(units));
  const condition = areFew ? gathered(people) : asked(sql`${ABOVE} and a.ancestor_id in (${list})`);
  if (whole.length > 0) return { condition: sql`(${among} or ${condition})`, params, few: null };
  return {
    condition,
    params,
    few: areFew ? sql`${people} ${units.length > 1 ? sql`group by n.membership_id` : sql``}` : null,
  };
}

/** PostgreSQL would gather the people to save asking each. */
const BY_EACH = sql`limit 1 offset 0`;

/** From a person to the units: SQLite reads a `cross join` in the order in which it is written. */
const ABOVE = sql`${Placement} p cross join ${UnitAncestor} a where p.has_reach and a.unit_id = p.unit_id`;

/**
 * So many are gathered before a list is read. To gather them costs something for each of them; to ask the rows of a list, something for
 * each row until a page is full: of a million people the two cost the same for some seven thousand.
 */
const FEW = 5_000;

/** Whether no more are seen from these units. */
const haveFew = async (units: readonly string[]): Promise<boolean> =>
  Number((await row(seenFrom(units), units))?.people ?? 0) < FEW;

const seenFrom = (units: readonly string[]) => sql`select count(*) ${as('people', integer())} from (
  select 1 from ${UnitMember} n where n.ancestor_id in (${parameters(units.length)}) limit ${FEW}) f`;

const managedWhole = (actor: Actor): string[] =>
  managedBy(actor).filter(organisationId => can(actor, 'organisation.manage', { organisationId }));

const managedUnits = ({ grants }: Actor): string[] =>
  grants.flatMap(({ role, unitId }) => (role === 'manager' && unitId !== null ? unitId : []));

/** The units among whose people a list of an organisation may look for those whom `actor` may see; null: among all of it. */
export const unitsOf = (actor: Actor, organisationId: string): readonly string[] | null =>
  can(actor, 'organisation.manage', { organisationId })
    ? null
    : managedUnits({
        ...actor,
        grants: actor.grants.filter(grant => grant.organisationId === organisationId),
      });

/** Somebody's thing, with those units managed by the actor in or below which its owner works. */
export type WithUnits<T> = T & { readonly units: readonly string[] };

/** Somebody's thing in an organisation. */
interface OfPerson {
  readonly userId: string;
  readonly organisationId: string;
}

const PLACED = sql`from ${UnitAncestor} a join ${Placement} p on p.unit_id = a.unit_id join ${Membership} m on m.id = p.membership_id`;

const UNITS_OF_PEOPLE = sql`select ${columns(Membership, 'm', 'organisationId', 'userId')},
  ${renamed(UnitAncestor, 'a', { unitId: 'ancestorId' })} ${PLACED} where p.has_reach`;

/** Things as the policy asks for them, so that it can say whether the manager of a unit is responsible. */
export async function placedAll<T extends OfPerson>(
  actor: Actor,
  things: readonly T[],
): Promise<WithUnits<T>[]> {
  const units = managedUnits(actor);
  const people = [...new Set(things.map(({ userId }) => userId))];
  const found = units.length === 0 || people.length === 0 ? [] : await unitsOfPeople(people, units);
  return things.map(thing => ({ ...thing, units: found.filter(isFor(thing)).map(({ unitId }) => unitId) }));
}

const unitsOfPeople = (people: readonly string[], units: readonly string[]) =>
  rows(
    sql`${UNITS_OF_PEOPLE} and m.user_id in (${parameters(people.length)})
        and a.ancestor_id in (${parameters(units.length, people.length + 1)})`,
    [...people, ...units],
  );

const isFor =
  ({ userId, organisationId }: OfPerson) =>
  (row: { userId: string | null; organisationId: string }): boolean =>
    row.userId === userId && row.organisationId === organisationId;

/** As `placedAll`, for one thing, or none. */
export async function placed<T extends OfPerson>(
  actor: Actor,
  thing: T | null,
): Promise<WithUnits<T> | null> {
  return thing && ((await placedAll(actor, [thing]))[0] ?? null);
}

const UNITS_OF_MEMBERSHIP = sql`select ${renamed(UnitAncestor, 'a', { unitId: 'ancestorId' })}
  ${PLACED} where p.has_reach and p.membership_id = $1`;

/** As `placed`, for a person of an organisation who may have no account yet. */
export async function placedMember<T extends { id: string; organisationId: string }>(
  actor: Actor,
  membership: T | null,
): Promise<WithUnits<T> | null> {
  if (!membership) return null;
  const units = managedUnits(actor);
  const found = units.length === 0 ? [] : await rows(UNITS_OF_MEMBERSHIP, [membership.id]);
  return { ...membership, units: units.filter(id => found.some(({ unitId }) => unitId === id)) };
}
