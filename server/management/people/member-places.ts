import { rows } from '../../db/rows.js';
import { columns, renamed, sql } from '../../db/sql.js';
import { formatDate, type Place, type Translate } from '../../i18n/i18n.js';
import { daysAfter } from '../../lib/days.js';
import { Placement, Unit } from '../../organisations/tables.js';

const PLACES = sql`select ${columns(Placement, 'p', 'id', 'job', 'isHome', 'fromDay', 'toDay')},
    ${renamed(Unit, 'u', { unit: 'name' })}
  from ${Placement} p join ${Unit} u on u.id = p.unit_id
  where p.membership_id = $1 and p.retired_at is null order by p.from_day desc, p.is_home desc, p.id`;

/** Where somebody works and worked, as we say today, the newest first: each as texts, with the first and the last day. */
export async function memberPlaces(membershipId: string, { place, t }: { place: Place; t: Translate }) {
  const inWords = (day: string) => formatDate(Date.parse(day), { ...place, timeZone: 'UTC' });
  return (await rows(PLACES, [membershipId])).map(({ unit, job, isHome, fromDay, toDay }) => ({
    unit,
    job,
    isHome: Boolean(isHome),
    days:
      toDay === null
        ? t('people.since', { from: inWords(fromDay) })
        : t('people.fromTo', { from: inWords(fromDay), to: inWords(daysAfter(toDay, -1)) }),
  }));
}
