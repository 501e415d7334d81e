import { LIKE_NO_ADDRESS } from '../../people/accounts/no-address.js';
import { User } from '../../people/accounts/tables.js';
import { rows } from '../../platform/db/rows.js';
import { as, parameters, renamed, sql, type Sql } from '../../platform/db/sql.js';
import { text } from '../../platform/db/table.js';
import { IdentityDomain, IdentityProvider } from '../../people/identity/tables.js';
import { WHY_NOT_INVITED, type NotInvited } from '../../people/organisations/invitations/why-not-invited.js';
import { Membership, MembershipPerson } from '../../people/organisations/tables.js';
import { ProvisionedPerson, ProvisioningSettings } from '../../people/provisioning/tables.js';

/** Why no reminder goes to somebody. `provider`: they come in by their organisation's own sign-in or directory, and nobody invites them. */
export const NOT_REACHED = [
  'no-address',
  'shared',
  'bounced',
  'declined',
  'withdrawn',
  'blocked',
  'provider',
] as const satisfies readonly (NotInvited | 'provider')[];

export type NotReached = (typeof NOT_REACHED)[number];

/** How a reminder reaches somebody: as one, or as an invitation where they have no account; or why it does not. */
export type MailReach = 'reminded' | 'invited' | NotReached;

const NO_ADDRESS: Sql = { text: `'${LIKE_NO_ADDRESS}'` };

/** What keeps mail from the account of the membership `m`. */
const OF_ACCOUNT = sql`select case when u.disabled_at is not null then 'blocked' when u.email like ${NO_ADDRESS} then 'no-address' end
  from ${User} u where u.id = m.user_id`;

/** The provider of the organisation is the only way in for an address in its domains; or its directory keeps them, and does not invite. */
const BY_PROVIDER = sql`((exists (select 1 from ${IdentityProvider} e where e.organisation_id = m.organisation_id and e.state = 'enforced')
    and exists (select 1 from ${IdentityDomain} d
      where d.organisation_id = m.organisation_id and d.proven_at is not null and p.email like '%@' || d.domain))
  or exists (select 1 from ${ProvisionedPerson} k left join ${ProvisioningSettings} s on s.organisation_id = k.organisation_id
      where k.membership_id = m.id and k.removed_at is null and not coalesce(s.invites, false)))`;

/** A `MailReach` of the membership `m`, whose person is `p` (by a left join). */
export const MAIL_REACH = sql`case when m.user_id is not null then coalesce((${OF_ACCOUNT}), 'reminded')
  when ${BY_PROVIDER} then 'provider' else coalesce(${WHY_NOT_INVITED}, 'invited') end`;

/** How reminders reach people, by the ids of their memberships. */
export async function mailReach(membershipIds: readonly string[]): Promise<ReadonlyMap<string, MailReach>> {
  if (membershipIds.length === 0) return new Map();
  const found = await rows(
    sql`select ${renamed(Membership, 'm', { id: 'id' })}, ${MAIL_REACH} ${as('reach', text<MailReach>(10))}
        from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
        where m.id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return new Map(found.map(({ id, reach }) => [id, reach]));
}
