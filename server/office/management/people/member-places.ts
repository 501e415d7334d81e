import { rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { daysInWords } from '../../../people/organisations/day-words.js';
import { Placement, Unit } from '../../../people/organisations/tables.js';

const PLACES = sql`select ${columns(Placement, 'p', 'id', 'job', 'isHome', 'fromDay', 'toDay')},
    ${renamed(Unit, 'u', { unit: 'name' })}
  from ${Placement} p join ${Unit} u on u.id = p.unit_id
  where p.membership_id = $1 and p.retired_at is null order by p.from_day desc, p.is_home desc, p.id`;

/** Where somebody works and worked, as we say today, the newest first: each as texts, with the first and the last day. */
export const memberPlaces = async (membershipId: string, today: string) =>
  (await rows(PLACES, [membershipId])).map(({ unit, job, isHome, ...days }) => ({
    unit,
    job,
    isHome: Boolean(isHome),
    days: daysInWords(days, today),
  }));
