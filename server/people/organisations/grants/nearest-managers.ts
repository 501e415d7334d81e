import { User } from '../../accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { Membership, Placement, RoleGrant, UnitAncestor } from '../tables.js';

/** A role that counts on the day $2 and whose holder can sign in and has not left. */
const COUNTS = sql`g.organisation_id = $1 and g.ended_at is null and g.from_day <= $2 and (g.until_day is null or g.until_day > $2)
  and exists (select 1 from ${User} u where u.id = g.user_id and u.disabled_at is null)
  and not exists (select 1 from ${Membership} x
    where x.organisation_id = g.organisation_id and x.user_id = g.user_id and x.employment = 'left')`;

const MANAGING = sql`select distinct ${columns(RoleGrant, 'g', 'userId')} from ${RoleGrant} g
  where g.role in ('manager', 'administrator') and ${COUNTS} order by g.user_id`;

/** Everybody who manages people of an organisation on a day, or administers it. */
export const managingIn = async (organisationId: string, day: string): Promise<string[]> =>
  (await rows(MANAGING, [organisationId, day])).map(({ userId }) => userId);

const WHOLE = sql`select ${columns(RoleGrant, 'g', 'userId', 'role')} from ${RoleGrant} g
  where g.role in ('manager', 'administrator') and g.unit_id is null and ${COUNTS} order by g.user_id`;

/** Everybody who administers an organisation on a day. */
export const administratorsOf = async (organisationId: string, day: string): Promise<string[]> => [
  ...new Set(
    (await rows(WHOLE, [organisationId, day])).flatMap(each =>
      each.role === 'administrator' ? each.userId : [],
    ),
  ),
];

/** A person of an organisation; `userId` null: without an account. */
interface Managed {
  readonly membershipId: string;
  readonly userId: string | null;
}

/**
 * Who manages each of these people nearest on a day: the managers of the unit of their home placement, else of the next unit above
 * that has one, else of the whole organisation, else its administrators. Never the person themselves. Nobody: an empty list.
 */
export async function nearestManagers(
  organisationId: string,
  people: readonly Managed[],
  day: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (people.length === 0) return new Map();
  const [above, whole] = [
    await managersAbove(organisationId, people, day),
    await rows(WHOLE, [organisationId, day]),
  ];
  const having = (role: string) => whole.flatMap(each => (each.role === role ? each.userId : []));
  const last = [having('manager'), having('administrator')];
  return new Map(
    people.map(({ membershipId, userId }) => {
      const others = [...byDepth(above, membershipId), ...last].map(ids => ids.filter(id => id !== userId));
      return [membershipId, others.find(ids => ids.length > 0) ?? []];
    }),
  );
}

type Above = Awaited<ReturnType<typeof managersAbove>>[number];

const managersAbove = (organisationId: string, people: readonly Managed[], day: string) =>
  rows(
    sql`select distinct ${columns(Placement, 'p', 'membershipId')}, ${columns(RoleGrant, 'g', 'userId')}, ${columns(UnitAncestor, 'a', 'depth')}
        from ${Placement} p join ${UnitAncestor} a on a.unit_id = p.unit_id join ${RoleGrant} g on g.unit_id = a.ancestor_id
        where p.membership_id in (${parameters(people.length, 3)}) and p.has_reach and p.is_home and g.role = 'manager' and ${COUNTS}
        order by a.depth, g.user_id`,
    [organisationId, day, ...people.map(({ membershipId }) => membershipId)],
  );

/** The managers of somebody's unit, then of each unit above it. */
function byDepth(above: readonly Above[], membershipId: string): string[][] {
  const own = above.filter(each => each.membershipId === membershipId);
  return [...new Set(own.map(({ depth }) => depth))].map(depth =>
    own.flatMap(each => (each.depth === depth ? each.userId : [])),
  );
}
