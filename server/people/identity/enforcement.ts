import { hasAddress, LIKE_NO_ADDRESS } from '../accounts/no-address.js';
import { User } from '../accounts/tables.js';
import { rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { dayOf } from '../../platform/lib/days.js';
import type { OrganisationFacts } from '../organisations/memberships.js';
import { Membership, RoleGrant } from '../organisations/tables.js';
import type { Actor } from '../../policy.js';
import { organisationOfAddress } from './domains/domains.js';
import { providersOf } from './providers/providers.js';
import { Identity, IdentityDomain, IdentityProvider } from './tables.js';

const ENFORCED = sql`select distinct ${columns(IdentityProvider, 'p', 'organisationId')}
  from ${User} u join ${Membership} m on m.user_id = u.id and m.employment <> 'left'
    join ${IdentityProvider} p on p.organisation_id = m.organisation_id and p.state = 'enforced'
  where u.id = $1 and not u.is_administrator and u.email not like $2 and not exists (
      select 1 from ${IdentityProvider} k where k.organisation_id = p.organisation_id and k.keyholder_id = u.id)
    and (exists (select 1 from ${Identity} i where i.provider_id = p.id and i.user_id = u.id)
      or exists (select 1 from ${IdentityDomain} d
        where d.organisation_id = p.organisation_id and d.proven_at is not null and u.email like '%@' || d.domain))`;

/**
 * The organisations that let somebody in by their own provider alone; none: they sign in as they like. It concerns their members who
 * have an address in one of their domains or are connected, but never their keyholder, nor who administers the installation, nor
 * somebody without an address, whom a staff number and a PIN let in.
 */
export const enforcedFor = async (userId: string): Promise<string[]> =>
  (await rows(ENFORCED, [userId, LIKE_NO_ADDRESS])).map(({ organisationId }) => organisationId).sort();

/**
 * The organisation in whose domain an address is, where its provider is the only way in; null: there is none. It says nothing of whether
 * the address has an account.
 */
export async function enforcingAddress(email: string): Promise<string | null> {
  const organisationId = await organisationOfAddress(email);
  const providers = organisationId === null ? [] : await providersOf(organisationId);
  return providers.some(({ state }) => state === 'enforced') ? organisationId : null;
}

/** Whether the organisation whose pages alone are open in a session answers for each sign-in of its person: its provider is the only way in. */
export const isAnsweredFor = async ({ id, within }: Pick<Actor, 'id' | 'within'>): Promise<boolean> =>
  within !== undefined && (await enforcedFor(id)).includes(within);

/** Where somebody signs in with the provider of an organisation. */
export const signInAddress = (organisationId: string): string => `/sign-in/organisation/${organisationId}`;

const KEEPERS = sql`select ${columns(User, 'u', 'id', 'name', 'email')} from ${RoleGrant} g join ${User} u on u.id = g.user_id
  where g.organisation_id = $1 and g.role = 'administrator' and g.unit_id is null and g.ended_at is null
    and g.from_day <= $2 and (g.until_day is null or g.until_day > $2)
    and u.disabled_at is null and u.password_hash is not null`;

/** Who may be the keyholder: those who administer the organisation today, and have an address and a password. */
export async function keepersOf(
  { id, timeZone }: Pick<OrganisationFacts, 'id' | 'timeZone'>,
  now: number,
): Promise<{ id: string; name: string; email: string }[]> {
  const found = await rows(KEEPERS, [id, dayOf(now, timeZone)]);
  const keepers = found.filter(({ email }) => hasAddress(email)).map(each => [each.id, each] as const);
  return [...new Map(keepers).values()].sort((one, other) => one.name.localeCompare(other.name));
}
