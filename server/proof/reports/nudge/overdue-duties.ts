import { rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer, text } from '../../../platform/db/table.js';
import type { DueReminder } from '../../reminders/duties/due-reminders.js';
import { DutyReminder } from '../../reminders/duties/tables.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import { MAIL_REACH, type MailReach } from '../../requirements/mail-reach.js';
import { StandingInterval } from '../../requirements/tables.js';
import { fitting } from '../asked-intervals.js';
import { askedIntervals, type OpenStandings } from '../open-standings.js';

/** Whether somebody was reminded of anything on the day that is the first parameter. */
const WAS_REMINDED = sql`exists (select 1 from ${DutyReminder} r
  where r.membership_id = m.id and r.day = $1 and r.outcome = 'due')`;

/** How many people are overdue: those who were reminded of something today already, and the others by how a mail reaches them. */
export interface OverduePeople {
  readonly remindedToday: number;
  readonly by: ReadonlyMap<MailReach, number>;
}

/** How many of the people whom the reader may see are overdue with what is looked at. */
export async function overduePeople(open: OpenStandings): Promise<OverduePeople> {
  const overdue = await overdueWithin(open);
  if (!overdue) return { remindedToday: 0, by: new Map() };
  const { from, params } = overdue;
  const found = await rows(
    sql`select f.reach ${as('reach', text<MailReach | 'told'>(10))}, count(*) ${as('people', integer())} from (
          select distinct m.id, case when ${WAS_REMINDED} then 'told' else ${MAIL_REACH} end as reach ${from}) f
        group by f.reach`,
    params,
  );
  const by = new Map(found.map(({ reach, people }) => [reach, Number(people)]));
  const remindedToday = by.get('told') ?? 0;
  by.delete('told');
  return { remindedToday, by: by as Map<MailReach, number> };
}

/** What they are overdue with: of those whom a mail reaches and who were reminded of nothing today. */
export async function overdueDuties(open: OpenStandings): Promise<DueReminder[]> {
  const overdue = await overdueWithin(open);
  if (!overdue) return [];
  const { from, params } = overdue;
  const found = await rows(
    sql`select ${columns(StandingInterval, 's', 'assignmentId', 'membershipId', 'requirementId', 'dueDay')}
        ${from} and not ${WAS_REMINDED} and ${MAIL_REACH} in ('reminded', 'invited') order by s.membership_id, s.due_day`,
    params,
  );
  return found.map(({ dueDay, ...duty }) => ({ ...duty, dueDay: dueDay ?? '' }));
}

/** The duties that are overdue, of people whom the reader may see; null: nothing is looked at. The first parameter is today. */
async function overdueWithin(open: OpenStandings) {
  const asked = askedIntervals(open);
  if (asked.requirementIds.length === 0 || asked.unitIds?.length === 0) return null;
  const { condition, params } = fitting(asked, 2);
  const reach = await visibleTo(open.actor, { alias: sql`m`, first: params.length + 2 });
  const from = sql`from ${StandingInterval} s join ${Membership} m on m.id = s.membership_id
      left join ${MembershipPerson} p on p.membership_id = m.id
    where ${condition} and ${reach.condition}`;
  return { from, params: [open.today, ...params, ...reach.params] };
}
