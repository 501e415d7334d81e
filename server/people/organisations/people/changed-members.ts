import { insertList, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { ChangedMembership } from '../tables.js';

/** Keep in mind that something changed of these members. Joins the transaction of the change. */
export async function noteChanged(
  membershipIds: readonly string[],
  { organisationId, now }: { organisationId: string; now: number },
): Promise<void> {
  const changed = membershipIds.map(membershipId => ({ membershipId, organisationId, changedAt: now }));
  await insertList(ChangedMembership, changed, sql`on conflict do nothing`);
}

const TAKE = sql`delete from ${ChangedMembership} where membership_id in (
    select c.membership_id from ${ChangedMembership} c where c.organisation_id = $1 order by c.membership_id limit $2)
  returning ${columns(ChangedMembership, ChangedMembership.table, 'membershipId')}`;

/**
 * Take up to `limit` members of whom something changed. They are forgotten when the caller's transaction ends, so whoever
 * takes them reads their facts afterwards, in the same transaction: a change that comes meanwhile waits, and is noted anew.
 */
export const takeChanged = async (organisationId: string, limit: number): Promise<string[]> =>
  (await rows(TAKE, [organisationId, limit])).map(({ membershipId }) => membershipId);
