import { eraseRows, type ErasedBy, type PersonIds } from '../../../platform/db/personal-data.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf } from '../../../platform/lib/days.js';
import { Invitation } from '../invitations/tables.js';
import { memberData } from '../member-data.js';
import { findOrganisation } from '../memberships.js';
import { removeRostersNaming } from '../roster/keep-roster.js';
import { Membership, MembershipPerson, RoleGrant } from '../tables.js';
import { endEmployment } from './members.js';
import { refreshUnitMembers } from './unit-members.js';

const KNOWN = sql`select ${columns(Membership, 'm', 'id', 'organisationId', 'employment')} from ${Membership} m
  where m.id = $1`;
const PERSON = sql`select ${columns(MembershipPerson, 'p', 'email', 'staffNumber')} from ${MembershipPerson} p
  where p.membership_id = $1`;

/**
 * Erase what organisations know of somebody by name. They have left from today on, so that nothing is required of them and
 * nobody is reminded; where they worked, and when, stays under a number. Their roles end. Lists that name them are removed.
 */
export const eraseMembers = (
  whose: PersonIds,
  { actorId, now }: Pick<ErasedBy, 'actorId' | 'now'>,
): Promise<void> =>
  inTransaction(async () => {
    for (const id of whose.membershipIds) await leave(id, { actorId, now });
    if (whose.userId !== null)
      await rows(
        sql`update ${RoleGrant} set ended_at = $2, ended_by = $3 where user_id = $1 and ended_at is null`,
        [whose.userId, now, actorId],
      );
    await refreshUnitMembers(whose.membershipIds, () => eraseRows(memberData, whose));
  });

async function leave(membershipId: string, { actorId, now }: Pick<ErasedBy, 'actorId' | 'now'>) {
  const known = await row(KNOWN, [membershipId]);
  const organisation = known && (await findOrganisation(known.organisationId));
  if (!organisation) return;
  const person = await row(PERSON, [membershipId]);
  await removeRostersNaming(
    organisation.id,
    [person?.email, person?.staffNumber].flatMap(text => text ?? []),
    now,
  );
  await rows(
    sql`update ${Invitation} set email = '', ended_at = coalesce(ended_at, $2), outcome = coalesce(outcome, 'withdrawn')
        where membership_id = $1`,
    [membershipId, now],
  );
  if (known?.employment === 'left') return;
  const fromDay = dayOf(now, organisation.timeZone);
  await endEmployment({ organisation, membershipId, fromDay, actorId, now });
}
