import { spoken } from '../../../platform/i18n/spoken.js';
import type { KeptOrganisation } from './keep-organisations.js';
import type { listOrganisations } from './organisation-list.js';
import { countryOptions, localeOptions, timeZoneOptions } from './places.js';
import { SECTORS } from './profile.js';

type Listed = readonly Awaited<ReturnType<typeof listOrganisations>>[number][];

/** The list of organisations, in texts. */
export function listValues(
  { query, shown, last }: { query: string; shown: Listed; last: Listed[number] | null },
  locale: string,
) {
  const more = new URLSearchParams({ query, after: last?.slug ?? '' });
  return {
    query,
    organisations: shown.map(({ id, name, kind, suspendedAt, ...facts }) => ({
      name,
      href: `/organisations/${id}`,
      isOpen: kind === 'open',
      isSuspended: suspendedAt !== null,
      facts: factsInWords(facts, locale),
    })),
    next: last ? `/admin/organisations?${more.toString()}` : null,
  };
}

/** Sector and country in one line: `Airline · Norway`. */
function factsInWords(
  { sector, country }: Pick<Listed[number], 'sector' | 'country'>,
  locale: string,
): string {
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  return [sector && spoken(`organisations.sector.${sector}`), country && countries.of(country)]
    .filter(Boolean)
    .join(' · ');
}

/** What the form of an organisation offers. `hotlineCountries`: those of the hotline directory. */
export const profileChoices = (
  hotlineCountries: readonly { code: string; name: string }[],
  locale: string,
) => ({
  sectors: SECTORS.map(value => ({ value, label: spoken(`organisations.sector.${value}`) })),
  countries: countryOptions(locale),
  timeZones: timeZoneOptions(),
  locales: localeOptions(locale),
  hotlineCountries: hotlineCountries
    .map(({ code, name }) => ({ value: code, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, locale)),
});

/** What is known of an organisation, as labelled facts; what is not known is left out. */
export function homeValues(
  organisation: KeptOrganisation,
  hotlineCountries: readonly { code: string; name: string }[],
  locale: string,
) {
  const { sector, country, timeZone, contact, hotlineCountry, suspendedAt } = organisation;
  const facts = {
    sectorLabel: sector && spoken(`organisations.sector.${sector}`),
    country: country && new Intl.DisplayNames(locale, { type: 'region' }).of(country),
    timeZone,
    contact,
    hotlineCountry: hotlineCountries.find(({ code }) => code === hotlineCountry)?.name,
  };
  return {
    isSuspended: suspendedAt !== null,
    facts: Object.entries(facts).flatMap(([key, value]) =>
      value ? [{ label: spoken(`organisations.${key}`), value }] : [],
    ),
  };
}
