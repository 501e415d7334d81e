import { DateTime } from 'luxon';
import { dayInMonth, daysAfter, monthsAfter } from '../../../platform/lib/days.js';
import type { ValidityRule, YearDay } from '../../open-badges/validity-rule.js';

/** What applies when a course sets no value. */
const DEFAULTS = { counts: 'from-completion', opens: 60, grace: 0, minimum: 0 } as const;

/**
 * What an expiry is computed from, stored with each award so that its date can always be explained. `completedAt` is in
 * epoch ms; `previousEnd` is the last valid day of the previous certificate, such as "2027-11-30", or null for the first.
 */
export interface ValidityInputs {
  readonly completedAt: number;
  readonly previousEnd: string | null;
  readonly rule: ValidityRule;
  readonly timeZone: string;
}

/** When a renewal was completed, compared with the renewal window of the previous certificate. */
export type RenewalTiming = 'first' | 'early' | 'in-time' | 'late';

/** An expiry and how it was computed: all that `explainExpiry` needs. Days are written as "2027-11-30". */
export interface Expiry {
  /** Epoch ms: the last second of the last valid day in the time zone, in whole seconds, as in the credential. */
  readonly validUntil: number;
  readonly lastDay: string;
  /** The day from which the months are counted, and what it is. */
  readonly from: string;
  readonly base: 'completion' | 'previous-end';
  readonly timing: RenewalTiming;
  /** Why the last day differs from the plain count of months; null when it does not. */
  readonly moved: 'month-end' | 'fixed-day' | 'minimum' | 'never-shorter' | null;
}

/**
 * Compute the expiry of a certificate. Months are clamped (31 January plus one month is 28 or 29 February). A renewal
 * never expires before the certificate that it renews. Throws RangeError for an unknown time zone.
 */
export function computeExpiry({ completedAt, previousEnd, rule, timeZone }: ValidityInputs): Expiry {
  const completion = DateTime.fromMillis(completedAt, { zone: timeZone });
  if (!completion.isValid) throw new RangeError(`There is no time zone "${timeZone}"`);
  const end = endOfValidity(completion.toFormat('yyyy-MM-dd'), previousEnd, rule);
  const lastMoment = DateTime.fromISO(end.lastDay, { zone: timeZone }).endOf('day');
  return { validUntil: lastMoment.startOf('second').toMillis(), ...end };
}

/** As `computeExpiry`, in days of the calendar alone. */
export function endOfValidity(
  completedOn: string,
  previousEnd: string | null,
  rule: ValidityRule,
): Omit<Expiry, 'validUntil'> {
  const timing = previousEnd === null ? 'first' : timingOf(completedOn, previousEnd, rule);
  const { end, moved, ...counted } = counts(completedOn, timing === 'in-time' ? previousEnd : null, rule);
  if (previousEnd === null || end >= previousEnd) return { lastDay: end, ...counted, timing, moved };
  return { lastDay: previousEnd, ...counted, timing, moved: 'never-shorter' };
}

/** Count the months from the last day of the previous certificate where the rule keeps its day, or from the completion. */
function counts(completedOn: string, before: string | null, rule: ValidityRule) {
  const least = monthsAfter(completedOn, rule.minimum ?? DEFAULTS.minimum);
  if (before !== null && (rule.counts ?? DEFAULTS.counts) !== 'from-completion') {
    const kept = endFrom(before, rule);
    // After a long grace period the old anniversary may be too near.
    if (kept.end >= least) return { from: before, base: 'previous-end', ...kept } as const;
  }
  return { from: completedOn, base: 'completion', ...endFrom(completedOn, rule, least) } as const;
}

/** The first and the last day on which a renewal is in time, both inclusive. */
export const renewalWindow = (
  previousEnd: string,
  rule: ValidityRule,
): { readonly opens: string; readonly closes: string } => ({
  opens: daysAfter(previousEnd, -(rule.opens ?? DEFAULTS.opens)),
  closes: daysAfter(previousEnd, rule.grace ?? DEFAULTS.grace),
});

function timingOf(completedOn: string, previousEnd: string, rule: ValidityRule): RenewalTiming {
  const { opens, closes } = renewalWindow(previousEnd, rule);
  if (completedOn < opens) return 'early';
  return completedOn <= closes ? 'in-time' : 'late';
}

/** The end after so many months, adjusted as the rule says. A fixed day before `least` gives way to the next one after it. */
function endFrom(
  from: string,
  rule: ValidityRule,
  least?: string,
): { readonly end: string; readonly moved: Expiry['moved'] } {
  const end = monthsAfter(from, rule.months);
  if (rule.counts !== 'fixed-day' || !rule.fixedDay)
    return rule.snap === 'none' ? { end, moved: null } : { end: lastOfMonth(end), moved: 'month-end' };
  let year = Number(end.slice(0, 4));
  if (fixedDayIn(year, rule.fixedDay) > end) year -= 1;
  const moved = least !== undefined && fixedDayIn(year, rule.fixedDay) < least ? 'minimum' : 'fixed-day';
  while (least !== undefined && fixedDayIn(year, rule.fixedDay) < least) year += 1;
  return { end: fixedDayIn(year, rule.fixedDay), moved };
}

const lastOfMonth = (day: string): string => dayInMonth(day.slice(0, 7), 31);

const fixedDayIn = (year: number, { month, day }: YearDay): string =>
  dayInMonth(monthsAfter(`${String(year).padStart(4, '0')}-01-01`, month - 1).slice(0, 7), day);
