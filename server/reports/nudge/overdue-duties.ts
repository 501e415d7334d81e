import { rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import type { DueReminder } from '../../notifications/duties/due-reminders.js';
import { DutyReminder } from '../../notifications/duties/tables.js';
import { visibleTo } from '../../organisations/reach.js';
import { Membership } from '../../organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import { fitting } from '../asked-intervals.js';
import { askedIntervals, type OpenStandings } from '../open-standings.js';

/** Whether somebody was reminded of anything on the day that is the first parameter. */
const WAS_REMINDED = sql`exists (select 1 from ${DutyReminder} r
  where r.membership_id = m.id and r.day = $1 and r.outcome = 'due')`;

/** How many people are overdue; of them, how many have no account, and how many others were reminded of something today. */
export interface OverduePeople {
  readonly all: number;
  readonly withoutAccount: number;
  readonly remindedToday: number;
}

/** How many of the people whom the reader may see are overdue with what is looked at. */
export async function overduePeople(open: OpenStandings): Promise<OverduePeople> {
  const overdue = await overdueWithin(open);
  if (!overdue) return { all: 0, withoutAccount: 0, remindedToday: 0 };
  const { from, params } = overdue;
  const [found] = await rows(
    sql`select count(distinct m.id) ${as('everybody', integer())}, count(distinct m.user_id) ${as('reachable', integer())},
          count(distinct case when ${WAS_REMINDED} then m.user_id end) ${as('reminded', integer())} ${from}`,
    params,
  );
  const [all, reachable] = [Number(found?.everybody ?? 0), Number(found?.reachable ?? 0)];
  return { all, withoutAccount: all - reachable, remindedToday: Number(found?.reminded ?? 0) };
}

/** What they are overdue with: of those who have an account and were reminded of nothing today. */
export async function overdueDuties(open: OpenStandings): Promise<DueReminder[]> {
  const overdue = await overdueWithin(open);
  if (!overdue) return [];
  const { from, params } = overdue;
  const found = await rows(
    sql`select ${columns(StandingInterval, 's', 'assignmentId', 'membershipId', 'requirementId', 'dueDay')}
        ${from} and m.user_id is not null and not ${WAS_REMINDED} order by s.membership_id, s.due_day`,
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
    where ${condition} and ${reach.condition}`;
  return { from, params: [open.today, ...params, ...reach.params] };
}
