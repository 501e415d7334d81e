import { DateTime } from 'luxon';
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
  const completion = day(DateTime.fromMillis(completedAt, { zone: timeZone }).toFormat(DAY));
  if (!completion.isValid) throw new RangeError(`There is no time zone "${timeZone}"`);
  const before = previousEnd === null ? null : day(previousEnd);
  const timing = before ? timingOf(completion, before, rule) : 'first';
  const { from, end, moved, base } = counted(completion, timing === 'in-time' ? before : null, rule);
  const isShorter = before !== null && end < before;
  const lastDay = (isShorter ? before : end).toFormat(DAY);
  return {
    validUntil: DateTime.fromISO(lastDay, { zone: timeZone }).endOf('day').startOf('second').toMillis(),
    lastDay,
    from: from.toFormat(DAY),
    base,
    timing,
    moved: isShorter ? 'never-shorter' : moved,
  };
}

/** Count the months from the last day of the previous certificate where the rule keeps its day, or from the completion. */
function counted(completion: DateTime, before: DateTime | null, rule: ValidityRule) {
  const least = completion.plus({ months: rule.minimum ?? DEFAULTS.minimum });
  if (before && (rule.counts ?? DEFAULTS.counts) !== 'from-completion') {
    const kept = endFrom(before, rule);
    // After a long grace period the old anniversary may be too near.
    if (kept.end >= least) return { from: before, base: 'previous-end', ...kept } as const;
  }
  return { from: completion, base: 'completion', ...endFrom(completion, rule, least) } as const;
}

/** The first and the last day on which a renewal is in time, both inclusive. */
export function renewalWindow(
  previousEnd: string,
  rule: ValidityRule,
): { readonly opens: string; readonly closes: string } {
  const end = day(previousEnd);
  return {
    opens: end.minus({ days: rule.opens ?? DEFAULTS.opens }).toFormat(DAY),
    closes: end.plus({ days: rule.grace ?? DEFAULTS.grace }).toFormat(DAY),
  };
}

const DAY = 'yyyy-MM-dd';

/** A calendar day, in UTC, where every day has the same length. */
const day = (text: string): DateTime => DateTime.fromISO(text, { zone: 'UTC' });

function timingOf(completion: DateTime, before: DateTime, rule: ValidityRule): RenewalTiming {
  const { opens, closes } = renewalWindow(before.toFormat(DAY), rule);
  const completed = completion.toFormat(DAY);
  if (completed < opens) return 'early';
  return completed <= closes ? 'in-time' : 'late';
}

/** The end after so many months, adjusted as the rule says. A fixed day before `least` gives way to the next one after it. */
function endFrom(
  from: DateTime,
  rule: ValidityRule,
  least?: DateTime,
): { readonly end: DateTime; readonly moved: Expiry['moved'] } {
  const end = from.plus({ months: rule.months });
  if (rule.counts !== 'fixed-day' || !rule.fixedDay) {
    return rule.snap === 'none' ? { end, moved: null } : { end: lastOfMonth(end), moved: 'month-end' };
  }
  let fixed = fixedDayIn(end.year, rule.fixedDay);
  if (fixed > end) fixed = fixedDayIn(end.year - 1, rule.fixedDay);
  if (!least || fixed >= least) return { end: fixed, moved: 'fixed-day' };
  while (fixed < least) fixed = fixedDayIn(fixed.year + 1, rule.fixedDay);
  return { end: fixed, moved: 'minimum' };
}

const lastOfMonth = (date: DateTime): DateTime => date.set({ day: date.daysInMonth ?? date.day });

function fixedDayIn(year: number, fixed: YearDay): DateTime {
  const first = DateTime.utc(year, fixed.month);
  return first.set({ day: Math.min(fixed.day, first.daysInMonth ?? fixed.day) });
}
