import { shownAddress } from '../../../people/accounts/no-address.js';
import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { findPeople } from './search.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** The people whom `query` finds, or all, after the place `after` in the list. */
export async function peoplePage({ query, after }: { query: string; after: string }, place: Place) {
  const found = await findPeople(query, after, PAGE);
  const more = new URLSearchParams({ query, after: found.at(-1)?.next ?? '' });
  return {
    query,
    people: found.map(person => ({
      ...person,
      email: shownAddress(person.email),
      since: formatDate(person.createdAt, place),
      isAdministrator: Boolean(person.isAdministrator),
      isDisabled: person.disabledAt !== null,
    })),
    next: found.length >= PAGE ? `/admin/people?${more.toString()}` : null,
  };
}
