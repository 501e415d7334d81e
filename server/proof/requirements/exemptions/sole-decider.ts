import { User } from '../../../people/accounts/tables.js';
import { row } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { dayOf } from '../../../platform/lib/days.js';
import { Membership, RoleGrant } from '../../../people/organisations/tables.js';
import type { OfAssignment } from './of-assignment.js';

/** Whoever could decide about this person: administrators of the organisation and of the installation, but for themselves. */
const DECIDERS = sql`select count(distinct u.id) ${as('others', integer())} from ${User} u
  where u.id <> $1 and u.id not in (select m.user_id from ${Membership} m where m.id = $2 and m.user_id is not null)
    and (u.is_administrator or exists (select 1 from ${RoleGrant} g
      where g.user_id = u.id and g.organisation_id = $3 and g.role = 'administrator' and g.ended_at is null
        and g.from_day <= $4 and (g.until_day is null or g.until_day > $4)))`;

/** Whether nobody but the one who decides could have decided about this person: it is marked wherever the decision is shown. */
export async function isSoleDecider(of: Omit<OfAssignment, 'requirementId'>): Promise<boolean> {
  const { organisation, membershipId, actorId, now } = of;
  const today = dayOf(now, organisation.timeZone);
  const found = await row(DECIDERS, [actorId ?? '', membershipId, organisation.id, today]);
  return Number(found?.others ?? 0) === 0;
}
