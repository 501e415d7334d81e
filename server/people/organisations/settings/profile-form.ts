import { z } from 'zod';
import { emailField } from '../../accounts/account-fields.js';
import { parseForm, typed, type ParsedForm } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { COUNTRIES, isTimeZone, LOCALES } from './places.js';
import { PROFILE_FIELDS, SECTORS, type OrganisationProfile } from './profile.js';
import { slugFrom } from './slugs.js';

/** The longest name, and the longest time for which details may be kept (months). */
const LONGEST_NAME = 200;
const LONGEST_RETENTION = 240;

const oneOf = (texts: readonly string[], key: string) =>
  z.string(key).refine(text => texts.includes(text), key);

/** Letters of one line, and none that turn the direction of what follows. */
const nameOfOrganisation = z
  .string('errors.organisation-name')
  .trim()
  .max(LONGEST_NAME, 'errors.organisation-name-long')
  .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u, 'errors.organisation-name')
  .refine(text => slugFrom(text) !== '', 'errors.organisation-name');

const months = z
  .string('errors.retention')
  .trim()
  .transform(text => (text === '' ? null : (parseInteger(text, { min: 1, max: LONGEST_RETENTION }) ?? NaN)))
  .refine(found => !Number.isNaN(found), 'errors.retention');

/** `''` is null; anything else is what `field` makes of it. */
const orNothing = (field: z.ZodType<string>) =>
  z.union([z.literal('').transform(() => null), field], { error: issue => messageIn(issue) });

/** The message of the field that was meant: a union would give one of its own. */
const messageIn = ({ errors }: { errors?: { message: string }[][] }): string =>
  errors?.at(-1)?.[0]?.message ?? 'errors.again';

const schemaWith = (hotlineCountries: readonly string[]) =>
  z.object({
    name: nameOfOrganisation,
    sector: z.enum(SECTORS, 'errors.organisation-sector'),
    country: oneOf(COUNTRIES, 'errors.country'),
    timeZone: z.string('errors.organisation-zone').refine(isTimeZone, 'errors.organisation-zone'),
    locale: oneOf(LOCALES, 'errors.organisation-locale'),
    contact: orNothing(emailField),
    hotlineCountry: orNothing(oneOf(hotlineCountries, 'errors.country')),
    retentionMonths: months,
  });

/** The form of an organisation. `hotlineCountries`: the codes of the hotline directory. */
export const readProfile = (
  body: unknown,
  hotlineCountries: readonly string[],
): ParsedForm<OrganisationProfile> => parseForm(schemaWith(hotlineCountries), body, spoken);

/** What was typed, to show it again. */
export const typedProfile = (body: unknown): ProfileTexts =>
  Object.fromEntries(PROFILE_FIELDS.map(field => [field, typed(body, field)])) as ProfileTexts;

/** What is stored, as the form shows it. */
export const profileTexts = (profile: OrganisationProfile): ProfileTexts =>
  Object.fromEntries(PROFILE_FIELDS.map(field => [field, String(profile[field] ?? '')])) as ProfileTexts;

export type ProfileTexts = Record<keyof OrganisationProfile, string>;
