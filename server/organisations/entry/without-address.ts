import { LIKE_NO_ADDRESS } from '../../accounts/no-address.js';
import { User } from '../../accounts/tables.js';
import { row, rows } from '../../db/rows.js';
import { as, columns, notNull, orNull, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import type { Actor } from '../../policy.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, Placement, UnitAncestor } from '../tables.js';
import { GETS_CARD } from './card-holders.js';
import { EntryCode } from './tables.js';

/** Most people on one sheet: a longer list is printed in parts. */
const MOST_ON_SHEET = 200;

const SHOWN = sql`select ${columns(Membership, 'm', 'id', 'userId')}, ${columns(MembershipPerson, 'p', 'name')},
    ${notNull(columns(MembershipPerson, 'p', 'staffNumber'))},
    ${orNull(renamed(EntryCode, 'e', { codeId: 'id', codeUntil: 'expiresAt' }))},
    case when ${GETS_CARD} then 1 else 0 end ${as('getsCard', integer())}`;

const AMONG = sql`from ${Membership} m join ${MembershipPerson} p on p.membership_id = m.id
    left join ${User} u on u.id = m.user_id
    left join ${EntryCode} e on e.membership_id = m.id and e.ended_at is null and e.expires_at > $2
  where m.organisation_id = $1 and m.employment <> 'left' and p.staff_number is not null
    and (m.user_id is null or u.email like $3)
    and ($4 = '' or exists (select 1 from ${UnitAncestor} a join ${Placement} w on w.unit_id = a.unit_id
      where a.ancestor_id = $4 and w.membership_id = m.id and w.has_reach))
    and ($5 = '' or m.id = $5)`;

/** Of whom a list is: of a unit and below it ('': everybody), or of one person alone (`only`: not ''). `now`: epoch ms. */
interface Asked {
  readonly organisationId: string;
  readonly unitId: string;
  readonly only: string;
  readonly now: number;
}

/**
 * People whom `actor` may see and who sign in with a staff number, or could: they have no account, or one without an address. By
 * name, up to 200, with the code that is open; `part` counts from 1. And how many parts there are. `getsCard`: whether this organisation
 * may give them a new PIN.
 */
export async function peopleWithoutAddress(
  actor: Actor,
  { organisationId, unitId, only, now }: Asked,
  part: number,
) {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 6 });
  const asked = [organisationId, now, LIKE_NO_ADDRESS, unitId, only, ...params];
  const count = sql`select count(*) ${as('people', integer())} ${AMONG} and ${condition}`;
  const parts = Math.max(1, Math.ceil(Number((await row(count, asked))?.people ?? 0) / MOST_ON_SHEET));
  const skipped = (Math.min(part, parts) - 1) * MOST_ON_SHEET;
  const people = await rows(
    sql`${SHOWN} ${AMONG} and ${condition} order by p.name, m.id limit ${MOST_ON_SHEET} offset ${skipped}`,
    asked,
  );
  return {
    people: people.map(each => ({ ...each, getsCard: each.getsCard === 1 })),
    part: Math.min(part, parts),
    parts,
  };
}
