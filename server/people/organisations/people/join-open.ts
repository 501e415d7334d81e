import { personChanged } from '../../accounts/people.js';
import { Token } from '../../accounts/tables.js';
import { insertOnce, row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { openOrganisation, type OrganisationFacts } from '../memberships.js';
import { Membership, Organisation } from '../tables.js';
import { noteChanged } from './changed-members.js';
import { indexMembershipsOf } from './member-words.js';
import { comeBack } from './members.js';

/** A membership of any organisation, or a link by which somebody was on their way to one when they confirmed their address. */
const LED = sql`select 1 as found from ${Membership} m where m.user_id = $1
  union all select 1 from ${Token} t where t.user_id = $1 and (t.invitation_id is not null or t.join_code_id is not null)
  limit 1`;

/** Make a person who came alone a learner of the open organisation. Nobody else becomes one. Idempotent. */
export const joinOpenIfAlone = (userId: string, now: number): Promise<void> =>
  inTransaction(async () => {
    if (!(await row(LED, [userId]))) await joinOpenOrganisation(userId, now);
  });

const MISSING = sql`select 1 as found from ${Organisation} o where o.id = $1 and o.kind = 'open' and not exists (
  select 1 from ${Membership} m where m.organisation_id = o.id and m.user_id = $2 and m.employment <> 'left')`;

/** Make a person who takes a course in an organisation a learner of it, if it is the open one. Any other is joined first. */
export async function joinToLearn(
  { userId, organisationId }: { userId: string; organisationId: string },
  now: number,
): Promise<void> {
  if (await row(MISSING, [organisationId, userId])) await joinOpenOrganisation(userId, now);
}

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
  where m.organisation_id = $1 and m.user_id = $2 and m.employment = 'left' and m.merged_into is null`;

async function rejoin(organisation: OrganisationFacts, userId: string, now: number): Promise<void> {
  const left = await row(LEFT, [organisation.id, userId]);
  if (!left) return;
  const fromDay = dayOf(now, organisation.timeZone);
  await comeBack({ organisation, membershipId: left.id, fromDay, actorId: null, now }, {});
}
