import { DateTime } from 'luxon';
import type { ValidityRule, YearDay } from '../../open-badges/validity-rule.js';

/** What holds where a course says nothing. */
const USUAL = { counts: 'from-completion', opens: 60, grace: 0, minimum: 0 } as const;

/**
 * What an end is reckoned from, kept with each award so that its date can be explained for ever. `completedAt` is in
 * epoch ms; `previousEnd` is the last valid day of the certificate before, like "2027-11-30", or null for a first one.
 */
export interface ValidityInputs {
  readonly completedAt: number;
  readonly previousEnd: string | null;
  readonly rule: ValidityRule;
  readonly timeZone: string;
}

/** How a renewal stands to the window of the certificate before. */
export type RenewalTiming = 'first' | 'early' | 'in-time' | 'late';

/** An end and the way to it: all that `explainExpiry` needs. Days are like "2027-11-30". */
export interface Expiry {
  /** Epoch ms: the last second of the last valid day in the zone, in whole seconds as the credential writes them. */
  readonly validUntil: number;
  readonly lastDay: string;
  /** The day that the months were counted from, and what it is. */
  readonly from: string;
  readonly base: 'completion' | 'previous-end';
  readonly timing: RenewalTiming;
  /** What the last day was moved by; null when it is plainly so many months on. */
  readonly moved: 'month-end' | 'fixed-day' | 'minimum' | 'never-shorter' | null;
}

/**
 * The end of a certificate. Months are clamped (31 January and one month is 28 or 29 February). A renewal never ends
 * before the certificate that it renews. Throws RangeError for a zone that does not exist.
 */
export function computeExpiry({ completedAt, previousEnd, rule, timeZone }: ValidityInputs): Expiry {
  const completion = day(DateTime.fromMillis(completedAt, { zone: timeZone }).toFormat(DAY));
  if (!completion.isValid) throw new RangeError(`There is no time zone "${timeZone}"`);
  const before = previousEnd === null ? null : day(previousEnd);
  const timing = before ? timingOf(completion, before, rule) : 'first';
  const least = completion.plus({ months: rule.minimum ?? USUAL.minimum });
  const keepsDay = timing === 'in-time' && (rule.counts ?? USUAL.counts) !== 'from-completion';

  const kept = before && keepsDay ? { from: before, ...endFrom(before, rule) } : null;
  // Renewed at the end of a long grace, the old anniversary may be too near: then it counts anew.
  const chosen = kept && kept.end >= least ? kept : { from: completion, ...endFrom(completion, rule, least) };
  const isShorter = before !== null && chosen.end < before;
  const lastDay = (isShorter ? before : chosen.end).toFormat(DAY);
  return {
    validUntil: DateTime.fromISO(lastDay, { zone: timeZone }).endOf('day').startOf('second').toMillis(),
    lastDay,
    from: chosen.from.toFormat(DAY),
    base: chosen === kept ? 'previous-end' : 'completion',
    timing,
    moved: isShorter ? 'never-shorter' : chosen.moved,
  };
}

/** The window in which a renewal is in its time: its first and its last day, both included. */
export function renewalWindow(
  previousEnd: string,
  rule: ValidityRule,
): { readonly opens: string; readonly closes: string } {
  const end = day(previousEnd);
  return {
    opens: end.minus({ days: rule.opens ?? USUAL.opens }).toFormat(DAY),
    closes: end.plus({ days: rule.grace ?? USUAL.grace }).toFormat(DAY),
  };
}

const DAY = 'yyyy-MM-dd';

/** A day of the calendar. Days are reckoned in UTC, where each is as long as the next: clocks change elsewhere. */
const day = (text: string): DateTime => DateTime.fromISO(text, { zone: 'UTC' });

function timingOf(completion: DateTime, before: DateTime, rule: ValidityRule): RenewalTiming {
  const { opens, closes } = renewalWindow(before.toFormat(DAY), rule);
  const completed = completion.toFormat(DAY);
  if (completed < opens) return 'early';
  return completed <= closes ? 'in-time' : 'late';
}

/** So many months on, moved as the rule says. A fixed day that comes before `least` is the next one after it. */
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

/** `cannot-tell` fails closed: something that should hold does not. */
export type CertificateState = 'valid' | 'expired' | 'revoked' | 'suspended' | 'superseded' | 'cannot-tell';

/**
 * Where a certificate stands at `now`. A ruling outweighs age; what was withdrawn stays withdrawn; of one that
 * was suspended and then replaced the replacement counts. One whose row was edited is never good.
 */
export function certificateState(
  certificate: {
    validUntil: number | null;
    revokedAt: number | null;
    suspendedAt: number | null;
    supersededAt: number | null;
    isIntact: boolean;
  },
  now: number,
): CertificateState {
  if (certificate.revokedAt !== null) return 'revoked';
  if (certificate.supersededAt !== null) return 'superseded';
  if (certificate.suspendedAt !== null) return 'suspended';
  if (!certificate.isIntact) return 'cannot-tell';
  if (certificate.validUntil !== null && certificate.validUntil <= now) return 'expired';
  return 'valid';
}
