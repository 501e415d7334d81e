import { z } from 'zod';
import type { ValidityRule } from '../../open-badges/validity-rule.js';
import { dayFrom } from '../../../platform/lib/days.js';
import type { Rule } from '../requirement-rule.js';

/** The most values of a condition, the most courses and the most changes of courses that a rule names. */
const MOST_VALUES = 50;
const MOST_COURSES = 10;
/** The longest time that a rule counts in, in days: five years. */
const MOST_DAYS = 1826;
const YEAR = 366;

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u);
const slug = z.string().regex(/^[a-z0-9-]{1,80}$/);
const days = (most: number, least = 0) => z.int().min(least).max(most);

/** A day of the calendar, like "2026-11-30". */
const day = z.string().refine(text => {
  const [year = '', month = '', date = ''] = text.split('-');
  return dayFrom({ day: date, month, year }) === text;
});

/** A day of every year; in a leap year, so that 29 February is one. */
const yearDay = z
  .strictObject({ month: days(12, 1), day: days(31, 1) })
  .refine(({ month, day: date }) => date <= new Date(Date.UTC(2028, month, 0)).getUTCDate());

// What was left out is not there: zod's type alone says that it might be undefined.
const validity = z
  .strictObject({
    months: days(120, 1),
    snap: z.enum(['none', 'month-end']),
    counts: z.enum(['from-completion', 'from-previous-end', 'fixed-day']).optional(),
    fixedDay: yearDay.optional(),
    opens: days(YEAR).optional(),
    grace: days(YEAR).optional(),
    minimum: days(120).optional(),
  })
  .refine(({ counts, months }) => counts !== 'fixed-day' || months >= 12, { path: ['months'] })
  .refine(({ counts, fixedDay }) => (counts === 'fixed-day') === (fixedDay !== undefined), {
    path: ['fixedDay'],
  }) as unknown as z.ZodType<ValidityRule>;

const audience = z.strictObject({
  units: z.array(z.uuid()).max(MOST_VALUES),
  jobs: z.array(line(60)).max(MOST_VALUES),
  tags: z.array(line(60)).max(MOST_VALUES),
  hiredSince: day.nullable(),
  holds: slug.nullable(),
});

/**
 * What a rule may be at all, whichever way it comes in; whether the units and courses that it names are there is asked by
 * `ruleFaults`. Nothing is filled in: a rule says everything.
 */
export const RULE: z.ZodType<Rule> = z.strictObject({
  inForce: z.boolean(),
  audience,
  mode: z.enum(['follow', 'add-only', 'remove-only', 'paused']),
  courses: z.array(slug).min(1).max(MOST_COURSES),
  firstDue: z.union([
    z.strictObject({ after: z.enum(['hired', 'joined']), days: days(MOST_DAYS) }),
    z.strictObject({ on: day }),
  ]),
  noticeDays: days(YEAR),
  bringForward: z.boolean(),
  renewal: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('as-certificate') }),
    z.strictObject({ kind: z.literal('own'), validity }),
    z.strictObject({ kind: z.literal('once') }),
  ]),
  graceDays: days(YEAR),
  graceCounts: z.boolean(),
  reminders: z.array(days(YEAR, 1)).max(MOST_COURSES),
  leave: z.discriminatedUnion('due', [
    z.strictObject({ due: z.literal('stays') }),
    z.strictObject({ due: z.literal('after-return'), days: days(YEAR) }),
  ]),
  material: z.array(z.strictObject({ course: slug, version: days(100_000, 1), by: day })).max(MOST_COURSES),
  source: z.string().trim().max(300),
});

/** A rule as a version stores it. */
export const ruleFrom = (stored: string): Rule => JSON.parse(stored) as Rule;
