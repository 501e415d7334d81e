import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { RoleGrant } from '../tables.js';
import { endRole } from './role-grants.js';

/**
 * End the roles of people who have left an organisation, those that have not begun included: whoever comes back gets none
 * unasked. Joins the transaction in which they left.
 */
export async function endRolesOfLeavers(
  userIds: readonly string[],
  {
    organisationId,
    today,
    actorId,
    now,
  }: { organisationId: string; today: string; actorId: string | null; now: number },
): Promise<void> {
  for (const part of chunks(userIds, 1_000))
    for (const role of await rolesOf(part, organisationId))
      await endRole(role, { day: today, today }, { actorId, now });
}

const rolesOf = (userIds: readonly string[], organisationId: string) =>
  rows(
    sql`select ${columns(RoleGrant, 'g', 'id', 'organisationId', 'userId', 'role', 'unitId', 'fromDay')}
        from ${RoleGrant} g where g.organisation_id = $1 and g.ended_at is null
          and g.user_id in (${parameters(userIds.length, 2)})`,
    [organisationId, ...userIds],
  );
