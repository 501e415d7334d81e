/**
 * Why somebody is exempt, as a class: it stands in every list and export, so it says nothing of their health or their life.
 * What more there is to say goes into the note, which only administrators of the organisation read.
 */
export const EXEMPTION_REASONS = [
  'no-contact',
  'trained-elsewhere',
  'cannot-reach',
  'agreed-with-regulator',
  'operations',
  'personal',
  'other',
] as const;

export type ExemptionReason = (typeof EXEMPTION_REASONS)[number];

/** The longest waiver or extension, in days: two years. Longer ones are made again, by somebody who looks. */
export const LONGEST_EXEMPTION = 731;
