import type { Row } from '../../../platform/db/table.js';
import type { Organisation } from '../tables.js';

type Facts = Row<typeof Organisation>;

export const SECTORS = [
  'airline',
  'transport',
  'law-enforcement',
  'charity',
  'education',
  'hospitality',
  'other',
] as const satisfies readonly NonNullable<Facts['sector']>[];

/** What is known of an organisation itself. `contact`: an address for mail; `hotlineCountry`: a code of the hotline directory. */
export const PROFILE_FIELDS = [
  'name',
  'sector',
  'country',
  'timeZone',
  'locale',
  'contact',
  'hotlineCountry',
  'retentionMonths',
] as const satisfies readonly (keyof Facts)[];

export type OrganisationProfile = Readonly<Pick<Facts, (typeof PROFILE_FIELDS)[number]>>;

/** The fields that differ, by their codes: an event names what was changed, and holds no value. */
export const changedFields = (
  before: OrganisationProfile,
  after: OrganisationProfile,
): (typeof PROFILE_FIELDS)[number][] => PROFILE_FIELDS.filter(field => before[field] !== after[field]);

/** Who did it (null: whoever runs the server, at the command line), and when (epoch ms). */
export interface KeptBy {
  readonly actorId: string | null;
  readonly now: number;
}
