import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { holdOrganisation } from '../../organisations/hold-organisation.js';
import { settleGroup } from '../groups/settle-groups.js';
import type { StoredGroup } from '../groups/stored-groups.js';
import { ProvisionedGroup, ProvisionedGroupMember } from '../tables.js';

/** What being in a group brings: a place in a unit, or a role there or (`unitId` null) in the whole organisation. Null: nothing. */
export type GroupMeaning = Pick<StoredGroup, 'means' | 'unitId'>;

export const MEANINGS = ['place', 'manager', 'instructor'] as const;

const OPEN = sql`update ${ProvisionedGroupMember} set is_open = true where group_id = $1`;
const MEAN = sql`update ${ProvisionedGroup} set means = $1, unit_id = $2 where id = $3`;

/**
 * Say what a group means. Whoever is in it gets that, and loses what it meant before: some at once, the others within minutes. No
 * group makes anybody an administrator, of the organisation or the installation: people decide on that.
 */
export const giveMeaning = (
  group: StoredGroup,
  { means, unitId }: GroupMeaning,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> =>
  inTransaction(async () => {
    await holdOrganisation(group.organisationId);
    await rows(MEAN, [means, unitId, group.id]);
    await rows(OPEN, [group.id]);
    const news = { groupId: group.id, means, unitId };
    await record('provisioning.group-meant', news, { actorId, organisationId: group.organisationId, now });
    await settleGroup(group.id, now);
  });
