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

/**
 * The share of people that is compliant, 0 to 1, with its two parts; null where nobody has to be yet. Whoever is waived, on
 * leave, or has time left stands outside. A gap counts as not compliant.
 */
export function compliance(
  tally: StandingTally,
  { graceCounts }: { graceCounts: boolean },
): { readonly compliant: number; readonly asked: number; readonly share: number | null } {
  const of = (standing: Standing): number => tally[standing] ?? 0;
  const compliant = of('current') + of('expiring') + (graceCounts ? of('in-grace') : 0);
  const asked = of('current') + of('expiring') + of('in-grace') + of('overdue') + of('gap');
  return { compliant, asked, share: asked === 0 ? null : compliant / asked };
}
