import { searchWords } from '../../accounts/search-words.js';
import { LIKE_NO_ADDRESS } from '../../accounts/no-address.js';
import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, notNull, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import type { Actor } from '../../../policy.js';
import { Invitation } from '../invitations/tables.js';
import { beyond } from '../people/asked-words.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, MemberWord, Placement, UnitAncestor } from '../tables.js';
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

/** Nobody made a card for them, and they can be invited by e-mail. */
const HAS_ADDRESS = sql`(m.user_id is null and p.email is not null and e.id is null)`;

/** Of whom a list is: of a unit and below it ('': everybody), or of one person alone (`only`: not ''). `now`: epoch ms. */
export interface AskedCards {
  readonly organisationId: string;
  readonly unitId: string;
  readonly only: string;
  readonly now: number;
  /** People with an address stand in the list, too. One person alone always does. */
  readonly withAddress: boolean;
  /** The beginning of words of a name or a staff number; '': everybody. */
  readonly query: string;
}

/** The condition of a list, after its first parameters. */
async function listed(actor: Actor, { organisationId, now, unitId, only, query }: AskedCards) {
  const words = searchWords(query);
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 6 + 2 * words.length });
  const named = words.reduce(
    (some, _, at) => sql`${some} and exists (select 1 from ${MemberWord} x where x.membership_id = m.id
      and x.word >= $${6 + 2 * at} and x.word < $${7 + 2 * at})`,
    sql``,
  );
  const found = words.flatMap(word => [word, beyond(word)]);
  return {
    among: sql`${AMONG} ${named} and ${condition}`,
    asked: [organisationId, now, LIKE_NO_ADDRESS, unitId, only, ...found, ...params],
  };
}

const INVITED = sql`exists (select 1 from ${Invitation} i where i.membership_id = m.id and i.ended_at is null
  and i.email = p.email and i.expires_at > $2)`;

/** How many people of the same list have an address and no card, and how many of these have an invitation that works. */
export async function peopleWithAddress(
  actor: Actor,
  of: AskedCards,
): Promise<{ readonly people: number; readonly invited: number }> {
  const { among, asked } = await listed(actor, of);
  const found = await row(
    sql`select count(*) ${as('people', integer())}, count(case when ${INVITED} then 1 end) ${as('invited', integer())}
        ${among} and ${HAS_ADDRESS}`,
    asked,
  );
  return { people: Number(found?.people ?? 0), invited: Number(found?.invited ?? 0) };
}

/**
 * People whom `actor` may see and who sign in with a staff number, or could: they have no account, or one without an address. By
 * name, up to 200, with the code that is open; `part` counts from 1. And how many parts there are. `getsCard`: whether this organisation
 * may give them a new PIN. Those who have an address and no card are left out unless they are asked for: they can be invited.
 */
export async function peopleWithoutAddress(actor: Actor, of: AskedCards, part: number) {
  const list = await listed(actor, of);
  const { asked } = list;
  const among = of.withAddress || of.only !== '' ? list.among : sql`${list.among} and not ${HAS_ADDRESS}`;
  const count = sql`select count(*) ${as('people', integer())} ${among}`;
  const parts = Math.max(1, Math.ceil(Number((await row(count, asked))?.people ?? 0) / MOST_ON_SHEET));
  const skipped = (Math.min(part, parts) - 1) * MOST_ON_SHEET;
  const people = await rows(
    sql`${SHOWN} ${among} order by p.name, m.id limit ${MOST_ON_SHEET} offset ${skipped}`,
    asked,
  );
  return {
    people: people.map(each => ({ ...each, getsCard: each.getsCard === 1 })),
    part: Math.min(part, parts),
    parts,
  };
}
