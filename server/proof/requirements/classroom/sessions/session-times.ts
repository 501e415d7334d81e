import { DateTime } from 'luxon';

/** So many minutes before it begins people may tick themselves in, and so many after its end. */
const BEFORE = 30;
const AFTER = 60;

/** When something happens: a day and a time in an organisation's zone, and for how many minutes. */
export interface Hour {
  readonly day: string;
  readonly time: string;
  readonly minutes: number;
}

/** Its first and its last moment (epoch ms). */
export function momentsOf({ day, time, minutes }: Hour, timeZone: string): { start: number; end: number } {
  const start = DateTime.fromISO(`${day}T${time}`, { zone: timeZone });
  return { start: start.toMillis(), end: start.plus({ minutes }).toMillis() };
}

/** Whether people may tick themselves in: from half an hour before until an hour after. */
export function doorState(hour: Hour, timeZone: string, now: number): 'early' | 'open' | 'over' {
  const { start, end } = momentsOf(hour, timeZone);
  if (now < start - BEFORE * 60_000) return 'early';
  return now <= end + AFTER * 60_000 ? 'open' : 'over';
}

/** A time of day as people type it (9:30, 0930, 9.30), like "09:30"; null: none. */
export function timeFrom(typed: string): string | null {
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.h ]?(\d{2})$/.exec(typed.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** Hours as people type them (2, 1.5, 1:30, 90 min), in minutes; null: none, or more than a day. */
export function minutesFrom(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  const [, minutes] = /^(\d{1,4}) ?min(?:utes)?$/.exec(text) ?? [];
  const [, hours, rest] = /^(\d{1,3}):([0-5]\d)$/.exec(text) ?? [];
  const plain = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(60 * Number(text)) : null;
  return minutes ? Number(minutes) : hours ? 60 * Number(hours) + Number(rest) : plain;
}
