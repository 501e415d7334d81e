import { DateTime } from 'luxon';

/** How long a certificate is good for: whole calendar months, perhaps to the end of the last one. */
export interface ValidityRule {
  readonly months: number;
  readonly snap: 'none' | 'month-end';
}

/**
 * The moment a certificate stops being valid (epoch ms): the end of its last day in the organisation's zone.
 * Months are calendar months, clamped (31 January and one month is 28 or 29 February).
 * Throws RangeError for a zone that does not exist.
 */
export function validUntil(awardedAt: number, rule: ValidityRule, timeZone: string): number {
  const award = DateTime.fromMillis(awardedAt, { zone: timeZone });
  if (!award.isValid) throw new RangeError(`There is no time zone "${timeZone}"`);
  const last = award.plus({ months: rule.months });
  const day = rule.snap === 'month-end' ? last.endOf('month') : last;
  // Whole seconds, as the credential writes them: the last second of the day is the last valid one.
  return day.endOf('day').startOf('second').toMillis();
}

export type Standing = 'valid' | 'expired' | 'revoked';

/** Where a certificate stands at `now`. Revocation outweighs age. */
export function standing(
  certificate: { validUntil: number | null; revokedAt: number | null },
  now: number,
): Standing {
  if (certificate.revokedAt !== null) return 'revoked';
  if (certificate.validUntil !== null && certificate.validUntil <= now) return 'expired';
  return 'valid';
}
