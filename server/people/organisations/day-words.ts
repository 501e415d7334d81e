import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { daysAfter, type DayParts } from '../../platform/lib/days.js';

/** A day like "2026-11-24" in words, in the language of the request. */
export const dayWords = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));

/** A day like "2026-11-24" in the three boxes of a form. */
export function dayParts(date: string): DayParts {
  const [year = '', month = '', day = ''] = date.split('-');
  return { day, month, year };
}

/** From a day, to another: the last one that is included. What begins later than `today` has not been so “since” then. */
export const daysInWords = (
  { fromDay, toDay }: { fromDay: string; toDay: string | null },
  today: string,
): string =>
  toDay === null
    ? spoken(fromDay > today ? 'people.from' : 'people.since', { from: dayWords(fromDay) })
    : spoken('people.fromTo', { from: dayWords(fromDay), to: dayWords(daysAfter(toDay, -1)) });
