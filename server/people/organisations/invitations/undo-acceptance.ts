import { personChanged } from '../../accounts/people.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { endRolesOfLeavers } from '../grants/leavers-roles.js';
import { holdOrganisation } from '../hold-organisation.js';
import { indexMembers } from '../people/member-words.js';
import type { Zoned } from '../people/stored-members.js';
import { Membership } from '../tables.js';
import { Invitation } from './tables.js';

/** The invitation by which the account of a membership was joined to it. */
const ACCEPTED = sql`select ${columns(Invitation, 'i', 'id')}, ${renamed(Membership, 'm', { userId: 'userId' })}
  from ${Membership} m join ${Invitation} i on i.membership_id = m.id and i.accepted_by = m.user_id
  where m.organisation_id = $1 and m.id = $2 and i.outcome = 'accepted' order by i.ended_at desc limit 1`;

/** Whether somebody joined their account to this membership by an invitation: only that can be undone. */
export const wasAccepted = async (organisationId: string, membershipId: string): Promise<boolean> =>
  (await row(ACCEPTED, [organisationId, membershipId])) !== null;

const UNLINK = sql`update ${Membership} set user_id = null where id = $1`;

/**
 * Take back that an account belongs to a membership. The membership stays, without an account, and can be invited again; the
 * roles here end. What the person did stays with their account, certificates too, and the organisation sees none of it until
 * they accept again. False where there is nothing to undo.
 */
export const undoAcceptance = (
  { id: organisationId, timeZone }: Zoned,
  membershipId: string,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    const accepted = await row(ACCEPTED, [organisationId, membershipId]);
    if (!accepted?.userId) return false;
    const { id: invitationId, userId } = accepted;
    await rows(UNLINK, [membershipId]);
    await endRolesOfLeavers([userId], { organisationId, today: dayOf(now, timeZone), actorId, now });
    await indexMembers([membershipId]);
    await record(
      'invitation.undone',
      { invitationId, membershipId, userId },
      { actorId, organisationId, now },
    );
    personChanged(userId);
    return true;
  });
