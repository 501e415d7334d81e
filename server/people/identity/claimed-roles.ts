import { insert, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { dayOf } from '../../platform/lib/days.js';
import { endRole, giveRole } from '../organisations/grants/role-grants.js';
import { RoleGrant } from '../organisations/tables.js';
import type { ClaimRole } from './claim-rules.js';
import type { ProviderFacts } from './providers/providers.js';
import { ClaimedRole } from './tables.js';

const HELD = sql`select ${columns(RoleGrant, 'g', 'id', 'organisationId', 'userId', 'role', 'unitId', 'fromDay')}
  from ${ClaimedRole} c join ${RoleGrant} g on g.id = c.grant_id
  where c.provider_id = $1 and g.ended_at is null`;

const MADE = sql`select ${columns(RoleGrant, 'g', 'id')} from ${RoleGrant} g
  where g.user_id = $1 and g.organisation_id = $2 and g.role = $3 and coalesce(g.unit_id, '') = $4
    and g.ended_at is null and g.granted_by is null and g.granted_at = $5`;

type Provider = Pick<ProviderFacts, 'id' | 'organisationId' | 'timeZone'>;

/**
 * Give somebody the roles that claims give, and end those that came of claims and come no longer. A role that a person gave stays as
 * it is. Joins the transaction.
 */
export async function claimRoles(
  provider: Provider,
  { userId, roles }: { userId: string; roles: readonly ClaimRole[] },
  now: number,
): Promise<void> {
  const { id: providerId, organisationId, timeZone } = provider;
  const by = { actorId: null, now };
  const today = dayOf(now, timeZone);
  const held = await rows(sql`${HELD} and c.user_id = $2`, [providerId, userId]);
  const isSame = (one: ClaimRole) => (other: ClaimRole) =>
    one.role === other.role && one.unitId === other.unitId;
  for (const grant of held.filter(
    ({ role, unitId }) => !roles.some(each => each.role === role && each.unitId === unitId),
  ))
    await endRole(grant, { day: today, today }, by);
  for (const wanted of roles) {
    if (held.some(({ role, unitId }) => role !== 'auditor' && isSame(wanted)({ role, unitId }))) continue;
    const given = await giveRole({ organisationId, userId, ...wanted, fromDay: today, untilDay: null }, by);
    if (given !== 'made') continue;
    const made = await row(MADE, [userId, organisationId, wanted.role, wanted.unitId ?? '', now]);
    if (made) await insert(ClaimedRole, { grantId: made.id, providerId, userId });
  }
}

/** End every role that came of a provider's claims. Joins the transaction. */
export async function endClaimedRoles(
  { id, timeZone }: Provider,
  actorId: string | null,
  now: number,
): Promise<void> {
  const today = dayOf(now, timeZone);
  for (const grant of await rows(HELD, [id])) await endRole(grant, { day: today, today }, { actorId, now });
}
