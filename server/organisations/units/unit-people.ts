import { rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { text } from '../../db/table.js';
import { User } from '../../accounts/tables.js';
import type { Actor } from '../../policy.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, Placement } from '../tables.js';

/** Somebody who is placed in a unit. */
export interface UnitPerson {
  readonly membershipId: string;
  readonly name: string;
  readonly job: string | null;
  readonly isHome: boolean;
  readonly employment: 'active' | 'on-leave' | 'left';
}

const NAME = sql`coalesce(mp.name, u.name, '')`;

/**
 * The people placed in a unit on a day whom `actor` may see, by name, at most `most`, after the one with this name and
 * membership (null: from the beginning).
 */
export async function peopleOfUnit(
  actor: Actor,
  { unitId, day, after, most }: { unitId: string; day: string; after: [string, string] | null; most: number },
): Promise<UnitPerson[]> {
  const reach = visibleTo(actor, { alias: sql`m`, first: 6 });
  const found = await rows(
    sql`select ${columns(Placement, 'p', 'membershipId', 'job', 'isHome')}, ${columns(Membership, 'm', 'employment')},
        ${NAME} ${as('name', text())}
      from ${Placement} p join ${Membership} m on m.id = p.membership_id
      left join ${MembershipPerson} mp on mp.membership_id = m.id left join ${User} u on u.id = m.user_id
      where p.unit_id = $1 and p.has_reach and p.from_day <= $2 and (p.to_day is null or p.to_day > $2)
        and (${NAME}, m.id) > ($3, $4) and ${reach.condition}
      order by ${NAME}, m.id limit $5`,
    [unitId, day, ...(after ?? ['', '']), most, ...reach.params],
  );
  return found.map(person => ({ ...person, isHome: Boolean(person.isHome) }));
}
