import { User } from '../../accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import type { Actor } from '../../../policy.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, Placement } from '../tables.js';

/** Which people: so many of those placed in a unit on a day, after a place in the list ('': from the beginning). */
export interface AskedPeople {
  readonly unitId: string;
  readonly day: string;
  readonly after: string;
  readonly limit: number;
}

/** People placed in a unit whom `actor` may see, by name. `next` is where the list continues after a person. */
export async function peopleOfUnit(actor: Actor, { unitId, day, after, limit }: AskedPeople) {
  const [id, name] = [after.slice(0, 36), after.slice(37)];
  const reach = await visibleTo(actor, { alias: sql`m`, first: 6 });
  const found = await rows(
    sql`select ${columns(Placement, 'p', 'membershipId', 'job')}, ${columns(Membership, 'm', 'employment', 'sortName')},
        ${orNull(columns(MembershipPerson, 'k', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}
      from ${Placement} p join ${Membership} m on m.id = p.membership_id
      left join ${MembershipPerson} k on k.membership_id = m.id left join ${User} u on u.id = m.user_id
      where p.unit_id = $1 and p.has_reach and p.from_day <= $2 and (p.to_day is null or p.to_day > $2)
        and (m.sort_name, m.id) > ($3, $4) and ${reach.condition}
      order by m.sort_name, m.id limit $5`,
    [unitId, day, name, id, limit, ...reach.params],
  );
  return found.map(person => ({ ...person, next: `${person.membershipId} ${person.sortName}` }));
}

export type UnitPerson = Awaited<ReturnType<typeof peopleOfUnit>>[number];
