import { DateTime } from 'luxon';

/** The day on which a moment (epoch ms) falls in a zone, like "2026-11-24". */
export const dayOf = (ms: number, zone: string): string =>
  DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd');

/** The last millisecond of a day like "2026-11-24" in a zone (epoch ms); null for what is no day of the calendar. */
export function endOfDay(day: string, zone: string): number | null {
  const parsed = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone });
  return parsed.isValid ? parsed.endOf('day').toMillis() : null;
}
