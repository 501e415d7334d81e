import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { StandingTally } from '../standings.js';
import { StandingTrend } from '../tables.js';

const UP_TO = sql`select ${columns(StandingTrend, 't', 'day', 'standing', 'people')} from ${StandingTrend} t
  where t.requirement_id = $1 and t.unit_id = $2 and t.day <= $3 order by t.day`;

/**
 * How many people of a unit and below ('': of the organisation) stood how at the end of each day, both included, as we said it
 * then. Only numbers that changed are stored: on every other day what was said last still holds. A day before the first number
 * has an empty tally.
 */
export async function trend(
  { requirementId, unitId }: { readonly requirementId: string; readonly unitId: string },
  fromDay: string,
  toDay: string,
): Promise<{ readonly day: string; readonly tally: StandingTally }[]> {
  const changes = await rows(UP_TO, [requirementId, unitId, toDay]);
  const days: { day: string; tally: StandingTally }[] = [];
  let tally: StandingTally = {};
  for (let day = fromDay, at = 0; day <= toDay; day = daysAfter(day, 1)) {
    for (let change = changes[at]; change && change.day <= day; change = changes[(at += 1)])
      tally = { ...tally, [change.standing]: change.people };
    days.push({ day, tally });
  }
  return days;
}
