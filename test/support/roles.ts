import { recentActors } from '../../server/people/accounts/people.js';
import { newId } from '../../server/platform/lib/ids.js';
import { openOrganisation } from '../../server/people/organisations/memberships.js';
import type { Grant } from '../../server/policy.js';
import type { Person } from './people.js';
import { write } from './rows.js';

/** Gives a person a role in an organisation, the open one unless another is named: in all of it, or in a unit. */
export async function appoint(
  { id }: Pick<Person, 'id'> & Partial<Person>,
  role: Grant['role'],
  organisationId?: string,
  unitId: string | null = null,
): Promise<void> {
  const organisation = organisationId ?? (await openOrganisation()).id;
  await write(
    `insert into role_grants (id, organisation_id, user_id, role, unit_id, from_day, granted_at)
     values ($1, $2, $3, $4, $5, '2026-01-01', $6)`,
    [newId(), organisation, id, role, unitId, Date.now()],
  );
  recentActors().remove(id);
}

/** Ends all roles of a person. */
export async function dismiss({ id }: Person): Promise<void> {
  await write('update role_grants set ended_at = $1 where user_id = $2', [Date.now(), id]);
  await write(`update memberships set employment = 'left' where user_id = $1`, [id]);
  recentActors().remove(id);
}

/** Another organisation than the open one. */
export async function otherOrganisation(): Promise<string> {
  const id = newId();
  await write(
    `insert into organisations (id, slug, name, kind, time_zone, created_at) values ($1, $1, 'Northern Air', 'customer', 'UTC', $2)`,
    [id, Date.now()],
  );
  return id;
}
