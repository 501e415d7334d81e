import { User } from '../../../../people/accounts/tables.js';
import { row } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import {
  Membership,
  MembershipPerson,
  Organisation,
  RoleGrant,
} from '../../../../people/organisations/tables.js';

const ACCOUNT = sql`select ${columns(User, 'u', 'id')} from ${User} u where u.email = $2 and (u.is_administrator = $3
  or exists (select 1 from ${Membership} m join ${Organisation} o on o.id = m.organisation_id
    where m.user_id = u.id and m.organisation_id = $1 and m.employment <> 'left' and o.kind <> 'open')
  or exists (select 1 from ${RoleGrant} g
    where g.user_id = u.id and g.organisation_id = $1 and g.ended_at is null and g.role <> 'auditor'))`;

const ON_LIST = sql`select ${columns(Membership, 'm', 'id')} from ${MembershipPerson} p join ${Membership} m on m.id = p.membership_id
  where p.organisation_id = $1 and p.email = $2 and m.employment <> 'left'`;

/** Whether an address (as it is stored) is that of somebody who belongs to an organisation, or has a say in it: they do not audit it. */
export const isInsider = async (organisationId: string, email: string): Promise<boolean> =>
  (await row(ACCOUNT, [organisationId, email, true])) !== null ||
  (await row(ON_LIST, [organisationId, email])) !== null;
