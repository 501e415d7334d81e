import { recordsOf } from './records.js';
import { MAX_ROWS, RefusedFile, type RosterTable, type TakeRow } from './roster-table.js';
import { zipEntries, type ZipEntries } from './zip-entries.js';

/** The files of a package that say who its people are and where they are. All others are about classes, and are not read. */
const FILES = ['manifest.csv', 'users.csv', 'orgs.csv', 'roles.csv', 'enrollments.csv'] as const;
type Files = ZipEntries<(typeof FILES)[number]>;

/** What a package becomes: a table like any other, whose columns are known. Passwords and phone numbers are left behind. */
const HEADER = ['identifier', 'givenName', 'familyName', 'email', 'unit', 'role', 'beginDate', 'status'];

/** People have several roles and many classes. */
const MAX_PLACES = MAX_ROWS * 20;

/** Where somebody is, and as what. */
interface Place {
  readonly org: string;
  readonly role: string;
  readonly from: string;
}

/**
 * Reads a ZIP of OneRoster 1.1 or 1.2 (1EdTech, CSV binding, "Bulk"). In 1.1 a user names their organisations and role, in
 * 1.2 `roles.csv` does; of several the primary one counts. Where neither says it, the school of an enrolment does. Units
 * become paths of names by `parentSourcedId`. Each person is a row for `take`. Throws RefusedFile.
 */
export async function readOneRoster(bytes: Uint8Array, take: TakeRow): Promise<RosterTable> {
  const files = await zipEntries(bytes, FILES);
  if (!files.has('users.csv')) throw new RefusedFile('zip-no-users');
  const paths = pathsOf(await orgs(files));
  const places = await placesOf(files);
  for await (const { line, of } of records(files, 'users.csv'))
    take({ line, cells: cellsOf(of, places, paths) });
  const version = files.has('roles.csv') ? '1.2' : '1.1';
  return { source: { kind: 'one-roster', version }, header: HEADER };
}

type Of = (column: string) => string;

function cellsOf(of: Of, places: ReadonlyMap<string, Place>, paths: ReadonlyMap<string, string>): string[] {
  const place = places.get(of('sourcedid'));
  const org = of('orgsourcedids').split(',')[0]?.trim() || place?.org || of('primaryorgsourcedid');
  return [
    of('identifier') || of('sourcedid'),
    of('preferredgivenname') || of('givenname'),
    of('preferredfamilyname') || of('familyname'),
    of('email'),
    // An organisation that the package does not describe is named by its id, so that the preview can say so.
    org ? (paths.get(org) ?? org) : '',
    of('role') || (place?.role ?? ''),
    place?.from ?? '',
    isHere(of) ? 'active' : 'left',
  ];
}

const isHere = (of: Of): boolean => !isDeleted(of) && of('enableduser').toLowerCase() !== 'false';
const isDeleted = (of: Of): boolean => of('status').toLowerCase() === 'tobedeleted';

interface Org {
  readonly name: string;
  readonly parent: string;
}

async function orgs(files: Files): Promise<Map<string, Org>> {
  const found = new Map<string, Org>();
  for await (const { of } of records(files, 'orgs.csv'))
    if (!isDeleted(of)) found.set(of('sourcedid'), { name: of('name'), parent: of('parentsourcedid') });
  return found;
}

/** `District / School`, by the id of each organisation. One that stands below itself is cut off where the circle closes. */
function pathsOf(orgs: ReadonlyMap<string, Org>): Map<string, string> {
  const pathOf = (id: string): string => {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let at = id, org = orgs.get(at); org && !seen.has(at); at = org.parent, org = orgs.get(at)) {
      seen.add(at);
      names.unshift(org.name.replaceAll('/', '-'));
    }
    return names.join(' / ');
  };
  return new Map([...orgs.keys()].map(id => [id, pathOf(id)]));
}

/** The first place of each person, unless a later row says that it is the primary one. */
async function placesOf(files: Files): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const name = files.has('roles.csv') ? 'roles.csv' : 'enrollments.csv';
  for await (const { of } of records(files, name, MAX_PLACES)) {
    const user = of('usersourcedid');
    const isPrimary = [of('roletype'), of('primary')].some(said => /^(primary|true)$/i.test(said));
    if (isDeleted(of) || (places.has(user) && !isPrimary)) continue;
    const isRole = name === 'roles.csv';
    const org = of('orgsourcedid') || of('schoolsourcedid');
    places.set(user, { org, role: isRole ? of('role') : '', from: isRole ? of('begindate') : '' });
  }
  return places;
}

/** The records of one file, each as a look-up by the name of a column, in lower case. A file that is missing has none. */
async function* records(files: Files, name: (typeof FILES)[number], maxRows = MAX_ROWS) {
  const unpack = files.get(name);
  if (!unpack) return;
  let header: string[] | null = null;
  for await (const { line, cells } of recordsOf(utf8(unpack()), ',', maxRows)) {
    if (header === null) {
      header = cells.map(cell => cell.toLowerCase());
      continue;
    }
    const columns = header;
    const of: Of = column => cells[columns.indexOf(column)] ?? '';
    yield { line, of };
  }
}

/** OneRoster is written in UTF-8. Throws RefusedFile for anything else: names would be damaged. */
async function* utf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (fault) {
    throw fault instanceof TypeError ? new RefusedFile('zip-letters') : fault;
  }
}
