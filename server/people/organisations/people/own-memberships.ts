import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { Membership, MembershipPerson, Organisation } from '../tables.js';

const OWN = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.user_id = $1 or m.merged_into in (select o.id from ${Membership} o where o.user_id = $1) order by m.id`;

/** The memberships that an account is linked to, and those that were merged into them. */
export const membershipIdsOf = async (userId: string): Promise<string[]> =>
  (await rows(OWN, [userId])).map(({ id }) => id);

const ORGANISATIONS = sql`select ${columns(Organisation, 'o', 'id', 'name', 'contact')} from ${Organisation} o
  join ${Membership} m on m.organisation_id = o.id where m.user_id = $1 order by o.name, o.id`;

/** The organisations that an account belongs to or belonged to, by name. */
export const organisationsOfAccount = (userId: string) => rows(ORGANISATIONS, [userId]);

const KNOWN = sql`select ${columns(MembershipPerson, 'p', 'name')} from ${MembershipPerson} p where p.membership_id = $1`;

/** The name under which an organisation knows somebody; null where it has none. */
export const knownByName = async (membershipId: string): Promise<string | null> =>
  (await row(KNOWN, [membershipId]))?.name ?? null;

const OWN_IN = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.organisation_id = $1 and m.user_id = $2`;

/** The membership of an account in an organisation, or null. */
export const membershipOfAccount = async (organisationId: string, userId: string): Promise<string | null> =>
  (await row(OWN_IN, [organisationId, userId]))?.id ?? null;
