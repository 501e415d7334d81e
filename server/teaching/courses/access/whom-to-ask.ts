import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import { nearestManagers } from '../../../people/organisations/grants/nearest-managers.js';
import { Membership, Organisation } from '../../../people/organisations/tables.js';

const WORKS_FOR = sql`select ${renamed(Membership, 'm', { membershipId: 'id' })},
    ${renamed(Organisation, 'o', { organisationId: 'id', organisation: 'name' })}, ${columns(Organisation, 'o', 'contact', 'timeZone')}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id
  where m.user_id = $1 and m.employment <> 'left' and o.kind = 'customer' order by o.name, o.id`;

/** Whom somebody asks for a course in each organisation that they work for: the names of those who manage them nearest, and its contact. */
export async function whomToAsk(userId: string, now: number) {
  const found = await rows(WORKS_FOR, [userId]);
  return Promise.all(
    found.map(async ({ membershipId, organisationId, organisation, contact, timeZone }) => {
      const today = dayOf(now, timeZone);
      const managers = await nearestManagers(organisationId, [{ membershipId, userId }], today);
      const names = await namesOf(managers.get(membershipId) ?? []);
      return { organisation, contact, names };
    }),
  );
}

async function namesOf(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const named = sql`select ${columns(User, 'u', 'name')} from ${User} u where u.id in (${parameters(ids.length)})`;
  return (await rows(named, ids)).map(({ name }) => name).sort((one, other) => one.localeCompare(other));
}
