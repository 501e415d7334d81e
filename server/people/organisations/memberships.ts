import { row, rows } from '../../platform/db/rows.js';
import { columns, parameters, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { newId } from '../../platform/lib/ids.js';
import type { Actor } from '../../policy.js';
import { Organisation } from './tables.js';

/** An organisation as verbs pass it around. */
export type OrganisationFacts = Readonly<
  Pick<Row<typeof Organisation>, 'id' | 'name' | 'kind' | 'timeZone' | 'hotlineCountry'>
>;

const ORGANISATION = sql`select ${columns(Organisation, 'o', 'id', 'name', 'kind', 'timeZone', 'hotlineCountry')} from ${Organisation} o`;

/** The slug of the open organisation. */
const OPEN = 'open';

const MAKE_OPEN = sql`insert into ${Organisation} (id, slug, name, kind, time_zone, created_at)
  values ($1, $2, $3, 'open', $4, $5) on conflict (slug) do update set name = $3, time_zone = $4
  returning ${columns(Organisation, Organisation.table, 'id', 'name', 'kind', 'timeZone', 'hotlineCountry')}`;

/**
 * The installation's own organisation, to which people who sign up alone belong. Made on first use; its name
 * and zone follow the settings.
 */
export function ensureOpenOrganisation({
  name,
  timeZone,
  now,
}: {
  name: string;
  timeZone: string;
  now: number;
}): Promise<OrganisationFacts> {
  return inTransaction(async () => {
    const organisation = await row(MAKE_OPEN, [newId(), OPEN, name, timeZone, now]);
    if (!organisation) throw new Error('Could not store the open organisation');
    return organisation;
  });
}

const OPEN_ORGANISATION = sql`${ORGANISATION} where o.slug = $1`;

/** The installation's own organisation. */
export async function openOrganisation(): Promise<OrganisationFacts> {
  const found = await row(OPEN_ORGANISATION, [OPEN]);
  if (!found) throw new Error('The open organisation is missing. The server creates it when it starts');
  return found;
}

/** All organisations by name, including the open one. */
export async function organisations(): Promise<OrganisationFacts[]> {
  const found = await rows(sql`${ORGANISATION} order by o.id`);
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The one organisation with this id or name, as somebody types it at the command line. Throws an error with a sentence
 * where there is none, or several.
 */
export async function organisationCalled(named: string): Promise<OrganisationFacts> {
  const found = (await organisations()).filter(
    ({ id, name }) => id === named || name.toLowerCase() === named.trim().toLowerCase(),
  );
  const [one, second] = found;
  if (!one) throw new Error(`There is no organisation "${named}". "organisations list" shows their names`);
  if (second)
    throw new Error(
      `Several organisations have the name "${named}". Give the id, which "organisations list" shows`,
    );
  return one;
}

/** One organisation by id, or null. */
export const findOrganisation = (id: string): Promise<OrganisationFacts | null> =>
  row(sql`${ORGANISATION} where o.id = $1`, [id]);

/** The organisations with these ids, by name. */
export async function organisationsNamed(ids: readonly string[]): Promise<OrganisationFacts[]> {
  if (ids.length === 0) return [];
  const found = await rows(sql`${ORGANISATION} where o.id in (${parameters(ids.length)})`, ids);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The organisations for which somebody acts, by name: those that they belong to. The open one stands for visitors (null) and
 * for people who signed up alone, and for nobody who has an employer. Never none.
 */
export async function ownOrganisations(actor: Actor | null): Promise<OrganisationFacts[]> {
  const own = await organisationsNamed(actor?.memberships ?? []);
  const employers = own.filter(({ kind }) => kind !== 'open');
  return employers.length > 0 ? employers : [await openOrganisation()];
}
