import { z } from 'zod';
import { typedDay } from '../../platform/http/forms.js';
import { dayFrom, daysAfter } from '../../platform/lib/days.js';

/** The first day for which facts are kept, and how many days ahead changes are planned. */
const FIRST_DAY = '1950-01-01';
const MOST_AHEAD = 5 * 366;

/** A text of one line; letters that turn the direction of what follows are refused. `key` and `long`: of the messages. */
export const lineOf = (most: number, key: string, long: string) =>
  z
    .string(key)
    .trim()
    .max(most, long)
    .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u, key);

/** A line that may be left out: null. */
export const optionalLine = (most: number, key: string, long: string) =>
  lineOf(most, key, long).transform(text => text || null);

/** An id that was chosen from a list. */
export const chosenId = (key: string) => z.uuid(key);

/** The day that the three boxes of a field name; null where it is none, or not one for which facts are kept. */
export function readDay(body: unknown, field: string, today: string): string | null {
  const day = dayFrom(typedDay(body, field));
  return day && day >= FIRST_DAY && day <= daysAfter(today, MOST_AHEAD) ? day : null;
}
