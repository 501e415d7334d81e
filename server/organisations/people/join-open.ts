import { personChanged } from '../../accounts/people.js';
import { insertOnce, row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { dayOf } from '../../lib/days.js';
import { newId } from '../../lib/ids.js';
import { openOrganisation, type OrganisationFacts } from '../memberships.js';
import { Membership } from '../tables.js';
import { noteChanged } from './changed-members.js';
import { indexMembershipsOf } from './member-words.js';
import { comeBack } from './members.js';

/** Make a person a learner of the open organisation; somebody who left it comes back to their membership. Idempotent. */
export async function joinOpenOrganisation(userId: string, now: number): Promise<void> {
  const organisation = await openOrganisation();
  await inTransaction(async () => {
    personChanged(userId);
    const joined = { id: newId(), organisationId: organisation.id, userId, createdAt: now };
    if (!(await insertOnce(Membership, joined))) return rejoin(organisation, userId, now);
    await indexMembershipsOf(userId);
    await noteChanged([joined.id], { organisationId: organisation.id, now });
  });
}

const LEFT = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.organisation_id = $1 and m.user_id = $2 and m.employment = 'left'`;

async function rejoin(organisation: OrganisationFacts, userId: string, now: number): Promise<void> {
  const left = await row(LEFT, [organisation.id, userId]);
  if (!left) return;
  const fromDay = dayOf(now, organisation.timeZone);
  await comeBack({ organisation, membershipId: left.id, fromDay, actorId: null, now }, {});
}
