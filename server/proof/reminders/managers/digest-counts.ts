import { row } from '../../../platform/db/rows.js';
import { as, parameters, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { loadActor } from '../../../people/organisations/actors.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership } from '../../../people/organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import { requirementsInForce } from '../duties/due-reminders.js';

/** The lists that a summary counts, by the name under which their page shows them, in the order in which they are read. */
export const DIGEST_LISTS = ['overdue', 'in-grace', 'gap', 'due-30'] as const;

/** How many people are in each list. */
export type DigestCounts = Readonly<Record<(typeof DIGEST_LISTS)[number], number>>;

/** Days ahead that "due soon" looks. */
const AHEAD = 30;

const people = (when: ReturnType<typeof sql>, name: string) =>
  sql`count(distinct case when ${when} then m.id end) ${as(name, integer())}`;

/**
 * How many of the people whom somebody manages stand so on a day, they themselves left out; null: they manage nobody any more, or
 * there is nothing to say.
 */
export async function digestCounts(
  { userId, organisationId }: { readonly userId: string; readonly organisationId: string },
  { day, now }: { readonly day: string; readonly now: number },
): Promise<DigestCounts | null> {
  const [actor, requirements] = [
    await loadActor(userId, now),
    await requirementsInForce(organisationId, day),
  ];
  if (!actor || requirements.length === 0) return null;
  const ids = requirements.map(({ requirementId }) => requirementId);
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: ids.length + 4 });
  const found = await row(
    sql`select ${people(sql`i.standing = 'overdue'`, 'overdue')}, ${people(sql`i.standing = 'in-grace'`, 'inGrace')},
          ${people(sql`i.standing = 'gap'`, 'gap')}, ${people(IS_AHEAD, 'due')}
        from ${StandingInterval} i join ${Membership} m on m.id = i.membership_id
        where i.requirement_id in (${parameters(ids.length, 4)}) and i.retired_at is null
          and i.from_day <= $1 and (i.to_day is null or i.to_day > $1)
          and (i.standing in ('overdue', 'in-grace', 'gap') or ${IS_AHEAD})
          and (m.user_id is null or m.user_id <> $3) and ${condition}`,
    [day, daysAfter(day, AHEAD), userId, ...ids, ...params],
  );
  const counts = {
    overdue: Number(found?.overdue ?? 0),
    'in-grace': Number(found?.inGrace ?? 0),
    gap: Number(found?.gap ?? 0),
    'due-30': Number(found?.due ?? 0),
  };
  return Object.values(counts).some(count => count > 0) ? counts : null;
}

const IS_AHEAD = sql`(i.standing in ('current', 'expiring', 'due-soon', 'not-yet-due') and i.due_day >= $1 and i.due_day <= $2)`;
