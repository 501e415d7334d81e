/**
 * How somebody stands with a requirement on a day: the first that fits, in this order.
 * - `not-required`: they are not meant, or have left.
 * - `waived`: a waiver covers the day.
 * - `on-leave`: their employment says so.
 * - `gap`: nothing covers the day, and what the due day would be reckoned from is missing. Listed, never guessed.
 * - `overdue`: nothing covers the day, and the due day is over, with its grace.
 * - `in-grace`: what covered them has ended, and the grace lasts.
 * - `expiring`: covered, and the end is near (`NEAR_DAYS`).
 * - `current`: covered.
 * - `due-soon`: nothing covers the day yet, and the due day is near.
 * - `not-yet-due`: nothing covers the day yet.
 */
export const STANDINGS = [
  'not-required',
  'waived',
  'on-leave',
  'gap',
  'overdue',
  'in-grace',
  'expiring',
  'current',
  'due-soon',
  'not-yet-due',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** The standings in which something is still to be done in time: for those on leave or waived nothing is. */
export const AHEAD: readonly Standing[] = ['current', 'expiring', 'due-soon', 'not-yet-due'];

/** From so many days before its last day a cover is expiring, and before its due day a duty is due soon. */
export const NEAR_DAYS = 30;

/** How many people stand how. */
export type StandingTally = Readonly<Partial<Record<Standing, number>>>;
