import { User } from '../../people/accounts/tables.js';
import { row, rows } from '../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../platform/db/sql.js';
import {
  Membership,
  MembershipPerson,
  Organisation,
  Placement,
  RoleGrant,
  Unit,
} from '../../people/organisations/tables.js';

/** One of two who may be one person: a membership of an organisation, an account, or both. */
export interface MergeSide {
  readonly membershipId: string | null;
  readonly userId: string | null;
}

const ACCOUNT = sql`${renamed(User, 'u', {
  accountName: 'name',
  accountEmail: 'email',
  isAdministrator: 'isAdministrator',
  disabledAt: 'disabledAt',
  erasedAt: 'erasedAt',
  accountMergedInto: 'mergedInto',
  since: 'createdAt',
})}`;

const OF_MEMBER = sql`select ${columns(Membership, 'm', 'id', 'organisationId', 'userId', 'employment', 'hiredOn', 'mergedInto')},
    ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))}, ${orNull(ACCOUNT)},
    ${orNull(renamed(Unit, 'h', { unitId: 'id', unit: 'name' }))}
  from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
    left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home
    left join ${Unit} h on h.id = w.unit_id
  where m.id = $1`;

/** What is known of a membership and its account; null where there is none. */
export const memberSide = (membershipId: string) => row(OF_MEMBER, [membershipId]);

const OF_ACCOUNT = sql`select ${ACCOUNT} from ${User} u where u.id = $1`;

/** What is known of an account alone; null where there is none. */
export async function accountSide(userId: string): Promise<KnownSide | null> {
  const found = await row(OF_ACCOUNT, [userId]);
  return found && { ...NO_MEMBERSHIP, ...found, userId };
}

const NO_MEMBERSHIP = {
  ...{ id: null, organisationId: null, employment: null, hiredOn: null, mergedInto: null },
  ...{ name: null, email: null, staffNumber: null, unitId: null, unit: null },
};

type MemberSide = NonNullable<Awaited<ReturnType<typeof memberSide>>>;

/** What is known of one of the two. */
export type KnownSide = {
  readonly [name in keyof MemberSide]: MemberSide[name] | null;
};

/** Who is meant by a side, as it is known. */
export const knownSide = ({ membershipId, userId }: MergeSide): Promise<KnownSide | null> =>
  membershipId === null ? accountSide(userId ?? '') : memberSide(membershipId);

const MEMBERSHIPS = sql`select ${columns(Membership, 'm', 'id', 'userId')},
    ${renamed(Organisation, 'o', { organisationId: 'id', organisation: 'name', timeZone: 'timeZone', kind: 'kind' })}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id`;

/** The memberships of these accounts, with their organisations, in the order in which those are held. */
export const membershipsOfAccounts = (userIds: readonly string[]) =>
  rows(sql`${MEMBERSHIPS} where m.user_id in (${parameters(userIds.length)}) order by o.id, m.id`, userIds);

/** One membership with its organisation; null where there is none. */
export const membershipWithId = (id: string) => row(sql`${MEMBERSHIPS} where m.id = $1`, [id]);

/** Whether one of these accounts has a role in another organisation, or will have one. */
export const haveRoleElsewhere = async (
  userIds: readonly string[],
  { organisationId, today }: { organisationId: string; today: string },
): Promise<boolean> =>
  (await row(
    sql`select ${columns(RoleGrant, 'g', 'id')} from ${RoleGrant} g
        where g.organisation_id <> $1 and g.ended_at is null and (g.until_day is null or g.until_day >= $2)
          and g.user_id in (${parameters(userIds.length, 3)}) limit 1`,
    [organisationId, today, ...userIds],
  )) !== null;
