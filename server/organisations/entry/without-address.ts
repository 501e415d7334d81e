import { LIKE_NO_ADDRESS } from '../../accounts/no-address.js';
import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { columns, notNull, orNull, renamed, sql } from '../../db/sql.js';
import type { Actor } from '../../policy.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, Placement, UnitAncestor } from '../tables.js';
import { EntryCode } from './tables.js';

/** Most people on one sheet. */
export const MOST_ON_SHEET = 200;

const PEOPLE = sql`select ${columns(Membership, 'm', 'id', 'userId')}, ${columns(MembershipPerson, 'p', 'name')},
    ${notNull(columns(MembershipPerson, 'p', 'staffNumber'))},
    ${orNull(renamed(EntryCode, 'e', { codeId: 'id', codeUntil: 'expiresAt' }))}
  from ${Membership} m join ${MembershipPerson} p on p.membership_id = m.id
    left join ${User} u on u.id = m.user_id
    left join ${EntryCode} e on e.membership_id = m.id and e.ended_at is null and e.expires_at > $2
  where m.organisation_id = $1 and m.employment <> 'left' and p.staff_number is not null
    and (m.user_id is null or u.email like $3)
    and ($4 = '' or exists (select 1 from ${UnitAncestor} a join ${Placement} w on w.unit_id = a.unit_id
      where a.ancestor_id = $4 and w.membership_id = m.id and w.has_reach))`;

/**
 * People of an organisation, or of a unit and below it (''; everybody), whom `actor` may see and who sign in with a staff
 * number, or could: they have no account, or one without an address. By name, up to 200; with the code that is open.
 */
export async function peopleWithoutAddress(
  actor: Actor,
  { organisationId, unitId, now }: { organisationId: string; unitId: string; now: number },
) {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 5 });
  return rows(sql`${PEOPLE} and ${condition} order by p.name, m.id limit ${MOST_ON_SHEET}`, [
    ...[organisationId, now, LIKE_NO_ADDRESS, unitId],
    ...params,
  ]);
}
