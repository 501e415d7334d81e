import type { Library } from '../content/library.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { lawHrefOf } from './country-packs.js';
import {
  asHotline,
  countriesByName,
  countryOf,
  freshHotlines,
  hotlinesFor,
  markHotlines,
  type PageContext,
} from './hotlines.js';
import type { OrganisationHotline } from './own-hotlines/reader-hotlines.js';

/** Whom to tell. `code`: the country that was chosen, like `GB`; any other text shows the hotlines for all other countries. */
export function concernPage(
  { hotlines, packs }: Pick<Library, 'hotlines' | 'packs'>,
  organisations: readonly OrganisationHotline[],
  { code, page }: { code: string; page: PageContext },
) {
  const country = countryOf(hotlines, code);
  const shown = country ?? countryOf(hotlines, 'INT');
  return {
    countries: countriesByName(hotlines).map(each => ({ code: each.code, name: each.name })),
    country: country && { code: country.code, name: country.name },
    emergency: shown?.emergency ?? null,
    own: shownOwn(organisations, page),
    lines: markHotlines(shown ? hotlinesFor(hotlines, shown, page.now) : [], page),
    notice: hotlines.notice,
    lawHref: lawHrefOf(packs, country?.code),
    cardHref: country ? `/card?country=${country.code}` : '/card',
  };
}

/** The same for reading without a connection, with the hotlines of every country: nobody can choose one there. */
export function offlineConcernPage(
  { hotlines }: Pick<Library, 'hotlines'>,
  organisations: readonly OrganisationHotline[],
  page: PageContext,
) {
  return {
    own: shownOwn(organisations, page),
    countries: countriesByName(hotlines).map(country => ({
      name: country.name,
      emergency: country.emergency,
      lines: markHotlines(hotlinesFor(hotlines, country, page.now), page),
    })),
    notice: hotlines.notice,
  };
}

/** The own hotlines of these organisations; of none where they have no hotline, or an expired one. */
const shownOwn = (organisations: readonly OrganisationHotline[], page: PageContext) =>
  freshHotlines(
    organisations.flatMap(({ organisation, own }) =>
      own ? asHotline(own, spoken('concern.own', { organisation })) : [],
    ),
    page,
  );
