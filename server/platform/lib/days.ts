import { DateTime } from 'luxon';

/** The day on which a moment (epoch ms) falls in a zone, like "2026-11-24". */
export const dayOf = (ms: number, zone: string): string =>
  DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd');

/** The last millisecond of a day like "2026-11-24" in a zone (epoch ms); null when the calendar has no such day. */
export function endOfDay(day: string, zone: string): number | null {
  const parsed = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone });
  return parsed.isValid ? parsed.endOf('day').toMillis() : null;
}

/** A day as people write it, in three boxes; texts as typed. */
export interface DayParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** The day that three boxes name, like "2026-11-24"; '' when all are empty, null when the calendar has no such day. */
export function dayFrom({ day, month, year }: DayParts): string | null {
  const [date, monthOf, yearOf] = [day, month, year].map(part => part.trim());
  if (!date && !monthOf && !yearOf) return '';
  const parsed = DateTime.fromFormat(`${yearOf}-${monthOf}-${date}`, 'yyyy-M-d', { zone: 'utc' });
  return parsed.isValid ? parsed.toFormat('yyyy-MM-dd') : null;
}

/** One day, in milliseconds. */
const DAY = 86_400_000;

/** The day `count` days after a day like "2026-11-24". Throws RangeError where the calendar has no such day. */
export function daysAfter(day: string, count: number): string {
  const date = new Date(Date.parse(day) + count * DAY);
  if (Number.isNaN(date.getTime())) throw new RangeError(`There is no day "${day}"`);
  return `${monthOf(date.getUTCFullYear(), date.getUTCMonth())}-${two(date.getUTCDate())}`;
}

/** The day `count` months after a day; where its month is shorter, the last of that month. */
export function monthsAfter(day: string, count: number): string {
  const months = 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1 + count;
  return dayInMonth(monthOf(Math.floor(months / 12), months % 12), Number(day.slice(8)));
}

/** A day of a month like "2026-11"; the last of it where it is shorter. */
export function dayInMonth(month: string, day: number): string {
  const last = day > 28 ? new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)) : null;
  return `${month}-${two(last ? Math.min(day, last.getUTCDate()) : day)}`;
}

/** `month`: 0 to 11. */
const monthOf = (year: number, month: number): string => `${String(year).padStart(4, '0')}-${two(month + 1)}`;

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

/** How many days are left at `now` (epoch ms) until a day in UTC has come: 0 during that day, below 0 once it is over. */
export const daysLeft = (day: string, now: number): number => 0 - Math.floor((now - Date.parse(day)) / DAY);
