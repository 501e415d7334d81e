import type { Library } from '../courses/content/library.js';
import { spoken } from '../i18n/spoken.js';
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
import type { OrganisationHotline } from './own-hotline.js';

/** Whom to tell. `code`: the country that was chosen, like `GB`; any other text shows the hotlines for all other countries. */
export function concernPage(
  { hotlines, packs }: Pick<Library, 'hotlines' | 'packs'>,
  organisation: OrganisationHotline,
  { code, page }: { code: string; page: PageContext },
) {
  const country = countryOf(hotlines, code);
  const shown = country ?? countryOf(hotlines, 'INT');
  return {
    countries: countriesByName(hotlines).map(each => ({ code: each.code, name: each.name })),
    country: country && { code: country.code, name: country.name },
    emergency: shown?.emergency ?? null,
    own: ownHotlines(organisation, page),
    lines: markHotlines(shown ? hotlinesFor(hotlines, shown, page.now) : [], page),
    notice: hotlines.notice,
    lawHref: lawHrefOf(packs, country?.code),
    cardHref: country ? `/card?country=${country.code}` : '/card',
  };
}

/** The same for reading without a connection, with the hotlines of every country: nobody can choose one there. */
export function offlineConcernPage(
  { hotlines }: Pick<Library, 'hotlines'>,
  organisation: OrganisationHotline,
  page: PageContext,
) {
  return {
    own: ownHotlines(organisation, page),
    countries: countriesByName(hotlines).map(country => ({
      name: country.name,
      emergency: country.emergency,
      lines: markHotlines(hotlinesFor(hotlines, country, page.now), page),
    })),
    notice: hotlines.notice,
  };
}

/** The organisation's own hotline as a list of one; of none where it has no hotline, or an expired one. */
const ownHotlines = ({ organisation, own }: OrganisationHotline, page: PageContext) =>
  freshHotlines(own ? [asHotline(own, spoken('concern.own', { organisation }))] : [], page);
