import type {
  RefusalFilter,
  RefusalPlace,
  refusalsBefore,
} from '../../../platform/http/security/refusals.js';
import { REFUSAL_KINDS } from '../../../platform/http/security/refusals.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import type { CsvColumn, CsvTable } from '../../../platform/lib/text/csv.js';
import { peopleBehind } from '../people/person.js';

/** Rows on one page, and in one part of the file. */
export const REFUSALS_PAGE = 50;

type Found = Awaited<ReturnType<typeof refusalsBefore>>;

/** What was refused, in words, newest first. */
export async function refusalsPage(found: Found, filter: RefusalFilter, place: Place) {
  const people = await peopleBehind([...new Set(found.flatMap(({ userId }) => userId ?? []))]);
  return {
    selects: [
      {
        ...{
          id: 'kind',
          name: 'kind',
          label: spoken('jobs.kind'),
          value: filter.kind,
          blank: spoken('jobs.all'),
        },
        options: REFUSAL_KINDS.map(value => ({ value, label: spoken(`refusals.kind.${value}`) })),
      },
    ],
    network: filter.network === '' ? null : shortCode(filter.network),
    isFiltered: Object.values(filter).some(Boolean),
    rows: found.map(({ kind, what, network, userId, times, lastAt }) => [
      { text: formatMoment(Number(lastAt), place) },
      { text: spoken(`refusals.kind.${kind}`) },
      { text: whatWasRefused(what) },
      userId === null
        ? { text: spoken('refusals.nobody') }
        : { text: people.get(userId)?.name ?? spoken('eventLog.unknown'), href: `/admin/people/${userId}` },
      network === ''
        ? { text: spoken('refusals.many') }
        : { text: shortCode(network), href: `/admin/refusals?network=${network}`, code: true },
      { text: times },
    ]),
    next: found.length === REFUSALS_PAGE ? addressAfter(found, filter) : null,
    file: `/admin/refusals.csv?${new URLSearchParams({ ...filter }).toString()}`,
  };
}

/** Something that has no words stands for itself. */
function whatWasRefused(what: string): string {
  const text = spoken(`refused.${what}`);
  return text.startsWith('refused.') ? what : text;
}

/** Enough of the code of a network to know it again by eye. */
const shortCode = (network: string): string => network.slice(0, 8);

function addressAfter(found: Found, filter: RefusalFilter): string {
  const last = found.at(-1);
  const query = new URLSearchParams({ ...filter, at: String(last?.lastAt), after: last?.id ?? '' });
  return `/admin/refusals?${query.toString()}`;
}

const COLUMNS: readonly CsvColumn[] = [
  { name: 'first at', type: 'dateTime' },
  { name: 'last at', type: 'dateTime', says: 'Similar refusals within one hour are one record.' },
  { name: 'kind', type: 'string', says: 'sign-in, forbidden, hidden or limit.' },
  {
    name: 'what',
    type: 'string',
    says: 'The action, the limit, or what was wrong, as a code that never changes.',
  },
  {
    name: 'network',
    type: 'string',
    says: 'A keyed hash of the network, or of whatever the limit counts. Empty if there were several.',
  },
  { name: 'account id', type: 'string' },
  { name: 'times', type: 'integer' },
];

/** The same as a file, part by part. `read`: what comes after a place. */
export const refusalsTable = (read: (after: RefusalPlace | null) => Promise<Found>): CsvTable => ({
  columns: COLUMNS,
  parts: partsOf(read),
});

async function* partsOf(read: (after: RefusalPlace | null) => Promise<Found>) {
  for (let after: RefusalPlace | null = null; ;) {
    const found: Found = await read(after);
    yield found.map(({ firstAt, lastAt, kind, what, network, userId, times }) => [
      ...[firstAt, lastAt].map(at => new Date(Number(at)).toISOString()),
      ...[kind, what, network, userId, times],
    ]);
    const last = found.at(-1);
    if (!last || found.length < REFUSALS_PAGE) return;
    after = { at: Number(last.lastAt), id: last.id };
  }
}
