import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { AssignmentMark, Exemption } from '../tables.js';

/** How many people a page of a requirement lists. */
const MOST = 200;

const NAMED = sql`${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}`;
const BESIDE = sql`left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id`;
const BY = sql`${orNull(renamed(User, 'b', { actorName: 'name' }))}`;

/**
 * The people whom `actor` may see and who are exempt from a requirement today or later, by name; those whose exemption has
 * ended, where `withEnded` asks for them.
 */
export async function exemptPeople(
  actor: Actor,
  { requirementId, today, withEnded }: { requirementId: string; today: string; withEnded: boolean },
) {
  const reach = await visibleTo(actor, { alias: sql`m`, first: 4 });
  return rows(
    sql`select ${columns(Exemption, 'e', 'id', 'membershipId', 'kind', 'reason', 'fromDay', 'toDay', 'dueDay', 'isSoleDecider')},
        ${columns(Exemption, 'e', 'recordedAt')}, ${NAMED}, ${BY}
      from ${Exemption} e join ${Membership} m on m.id = e.membership_id ${BESIDE} left join ${User} b on b.id = e.actor_id
      where e.requirement_id = $1 and e.retired_at is null and e.to_day > $2 and ${reach.condition}
      order by m.sort_name, e.from_day, e.id limit $3`,
    [requirementId, withEnded ? '' : today, MOST, ...reach.params],
  );
}

/** The people whom `actor` may see and who were added to a requirement or taken out by hand, today or later, by name. */
export async function markedPeople(
  actor: Actor,
  { requirementId, today }: { requirementId: string; today: string },
) {
  const reach = await visibleTo(actor, { alias: sql`m`, first: 4 });
  return rows(
    sql`select ${columns(AssignmentMark, 'k', 'membershipId', 'mark', 'fromDay', 'toDay', 'recordedAt')}, ${NAMED}, ${BY}
      from ${AssignmentMark} k join ${Membership} m on m.id = k.membership_id ${BESIDE} left join ${User} b on b.id = k.actor_id
      where k.requirement_id = $1 and k.retired_at is null and (k.to_day is null or k.to_day > $2) and ${reach.condition}
      order by m.sort_name, k.from_day, k.id limit $3`,
    [requirementId, today, MOST, ...reach.params],
  );
}
