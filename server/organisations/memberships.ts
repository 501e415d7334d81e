import { forgetPerson } from '../accounts/people.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { newId } from '../lib/ids.js';

/** An organisation as verbs pass it around. */
export interface OrganisationFacts {
  readonly id: string;
  readonly name: string;
  readonly kind: 'open' | 'customer';
  readonly timeZone: string;
}

const OPEN = 'open';

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
    const [organisation] = await rows<OrganisationFacts>(
      `insert into organisations (id, slug, name, kind, time_zone, created_at) values ($1, $2, $3, 'open', $4, $5)
       on conflict (slug) do update set name = $3, time_zone = $4
       returning id, name, kind, time_zone as "timeZone"`,
      [newId(), OPEN, name, timeZone, now],
    );
    if (!organisation) throw new Error('The open organisation could not be stored');
    return organisation;
  });
}

/** The installation's own organisation. */
export async function openOrganisation(): Promise<OrganisationFacts> {
  const found = await row<OrganisationFacts>(
    'select id, name, kind, time_zone as "timeZone" from organisations where slug = $1',
    [OPEN],
  );
  if (!found) throw new Error('The open organisation is missing: it is made at start');
  return found;
}

/** All organisations by name, the open one among them. */
export async function organisations(): Promise<OrganisationFacts[]> {
  const found = await rows<OrganisationFacts>(
    'select id, name, kind, time_zone as "timeZone" from organisations order by id',
  );
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** One organisation by id, or null. */
export const findOrganisation = (id: string): Promise<OrganisationFacts | null> =>
  row('select id, name, kind, time_zone as "timeZone" from organisations where id = $1', [id]);

/** The organisations with these ids, by name. */
export async function organisationsNamed(ids: readonly string[]): Promise<OrganisationFacts[]> {
  const found = await Promise.all(ids.map(findOrganisation));
  return found.filter(organisation => organisation !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A person becomes a learner of the open organisation. Twice is once. */
export async function joinOpenOrganisation(userId: string, now: number): Promise<void> {
  const { id } = await openOrganisation();
  await inTransaction(() =>
    rows(
      `insert into memberships (id, organisation_id, user_id, role, created_at) values ($1, $2, $3, 'learner', $4)
       on conflict (organisation_id, user_id, role) where ended_at is null do nothing`,
      [newId(), id, userId, now],
    ),
  );
  forgetPerson(userId);
}
