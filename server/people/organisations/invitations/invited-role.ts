import { renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { dayOf } from '../../../platform/lib/days.js';
import { can } from '../../../policy.js';
import { loadActor } from '../actors.js';
import { giveRole } from '../grants/role-grants.js';
import { Unit } from '../tables.js';
import type { Invitation } from './tables.js';

/** The role that an invitation brings, as it is stored; `role` null: none. */
export type StoredRole = Pick<Row<typeof Invitation>, 'role' | 'roleUnitId' | 'roleFromDay' | 'roleUntilDay'>;

/** No role: whoever is invited learns. */
export const NO_ROLE: StoredRole = { role: null, roleUnitId: null, roleFromDay: null, roleUntilDay: null };

/** The role of an invitation with the name of its unit: `i` is the invitation, `n` its unit, if any. */
export const ROLE_UNIT = sql`left join ${Unit} n on n.id = i.role_unit_id`;
export const UNIT_NAME = renamed(Unit, 'n', { unit: 'name' });

/** The role in the words of its texts; null where there is none. */
export const roleFacts = ({ role, roleFromDay, roleUntilDay, unit }: StoredRole & { unit: string | null }) =>
  role && { role, unit, fromDay: roleFromDay ?? '', untilDay: roleUntilDay };

interface AcceptedRole extends StoredRole {
  readonly organisationId: string;
  readonly timeZone: string;
  readonly invitedBy: string | null;
}

/**
 * Give whoever accepted an invitation the role that it brings, from the day of acceptance if that is later. Nobody gets one from
 * themselves, from somebody who may give none any more, or after its last day. Joins the transaction.
 */
export async function giveInvitedRole(invitation: AcceptedRole, userId: string, now: number): Promise<void> {
  const {
    organisationId,
    timeZone,
    invitedBy,
    role,
    roleUnitId: unitId,
    roleUntilDay: untilDay,
  } = invitation;
  if (role === null || invitedBy === null) return;
  const today = dayOf(now, timeZone);
  const fromDay = [invitation.roleFromDay ?? today, today].sort()[1] ?? today;
  if (untilDay !== null && untilDay <= fromDay) return;
  const inviter = await loadActor(invitedBy, now);
  if (!can(inviter, 'grant.appoint', { userId, organisationId })) return;
  await giveRole({ organisationId, userId, role, unitId, fromDay, untilDay }, { actorId: invitedBy, now });
}
