import type { Param } from '../db/lanes.js';
import { rows } from '../db/rows.js';
import { columns, parameters, renamed, sql, type Sql } from '../db/sql.js';
import { can, managedBy, type Actor } from '../policy.js';
import { Membership, Placement, UnitAncestor } from './tables.js';

/** A condition for a statement, and the parameters that it adds to it. */
export interface Reach {
  readonly condition: Sql;
  readonly params: readonly Param[];
}

/** What the statement calls the rows that are limited, and the number of the first parameter that is free. */
interface Into {
  readonly alias: Sql;
  readonly first: number;
}

/**
 * Limits a list of memberships to the people whom `actor` manages: everybody for an administrator of the installation, all
 * of an organisation, or the people of a unit and those below it. Every list of people for those who manage them carries
 * this condition or that of `visibleRows` (`test/architecture.test.ts`).
 */
export const visibleTo = (actor: Actor, { alias, first }: Into): Reach =>
  reach(actor, { alias, first }, below => sql`${alias}.id in (select p.membership_id ${IN_UNITS} ${below})`);

/** As `visibleTo`, for rows that have a `user_id` and an `organisation_id`: certificates, enrolments, requests. */
export const visibleRows = (actor: Actor, { alias, first }: Into): Reach =>
  reach(
    actor,
    { alias, first },
    below => sql`(${alias}.organisation_id, ${alias}.user_id) in (
      select m.organisation_id, m.user_id ${PLACED} ${below} and m.user_id is not null)`,
  );

function reach(actor: Actor, { alias, first }: Into, inUnits: (below: Sql) => Sql): Reach {
  if (actor.isAdministrator) return { condition: sql`1 = 1`, params: [] };
  const [whole, units] = [managedWhole(actor), managedUnits(actor)];
  const among = sql`${alias}.organisation_id in (${parameters(whole.length, first)})`;
  const below = inUnits(sql`where p.has_reach
    and a.ancestor_id in (${parameters(units.length, first + whole.length)})`);
  const conditions = [...(whole.length > 0 ? [among] : []), ...(units.length > 0 ? [below] : [])];
  const [one, other] = conditions;
  const both = one && other ? sql`(${one} or ${other})` : one;
  return { condition: both ?? sql`1 = 0`, params: [...whole, ...units] };
}

/** Placements, and every unit above the one that each names. */
const IN_UNITS = sql`from ${UnitAncestor} a join ${Placement} p on p.unit_id = a.unit_id`;

/** The same with their memberships. */
const PLACED = sql`${IN_UNITS} join ${Membership} m on m.id = p.membership_id`;

const managedWhole = (actor: Actor): string[] =>
  managedBy(actor).filter(organisationId => can(actor, 'organisation.manage', { organisationId }));

const managedUnits = ({ grants }: Actor): string[] =>
  grants.flatMap(({ role, unitId }) => (role === 'manager' && unitId !== null ? unitId : []));

/** Somebody's thing, with those units managed by the actor in or below which its owner works. */
export type WithUnits<T> = T & { readonly units: readonly string[] };

/** Somebody's thing in an organisation. */
interface OfPerson {
  readonly userId: string;
  readonly organisationId: string;
}

const UNITS_OF_PEOPLE = sql`select ${columns(Membership, 'm', 'organisationId', 'userId')},
  ${renamed(UnitAncestor, 'a', { unitId: 'ancestorId' })} ${PLACED} where p.has_reach`;

/** Things as the policy asks for them, so that it can say whether the manager of a unit is responsible. */
export async function placedAll<T extends OfPerson>(
  actor: Actor,
  things: readonly T[],
): Promise<WithUnits<T>[]> {
  const units = managedUnits(actor);
  const people = [...new Set(things.map(({ userId }) => userId))];
  const found = units.length === 0 || people.length === 0 ? [] : await unitsOf(people, units);
  return things.map(thing => ({ ...thing, units: found.filter(isFor(thing)).map(({ unitId }) => unitId) }));
}

const unitsOf = (people: readonly string[], units: readonly string[]) =>
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
