import { merge } from '../../../server/office/merging/merge.js';
import { WARNINGS, type AskedMerge, type MergingActor } from '../../../server/office/merging/plan-merge.js';
import { memberSide } from '../../../server/office/merging/sides.js';
import { row } from '../../support/rows.js';

/** Two memberships of one organisation, as they are merged. */
export const twoMembers = async (keptId: string, closedId: string): Promise<AskedMerge> => {
  const side = async (membershipId: string) => ({
    membershipId,
    userId: (await memberSide(membershipId))?.userId ?? null,
  });
  return { kept: await side(keptId), closed: await side(closedId) };
};

/** Two accounts, as they are merged. */
export const twoAccounts = (kept: { id: string }, closed: { id: string }): AskedMerge => ({
  kept: { membershipId: null, userId: kept.id },
  closed: { membershipId: null, userId: closed.id },
});

/** Whoever runs the server, now. */
export const byOperator = (now = Date.now()): MergingActor => ({ actorId: null, isInstallation: true, now });

/** Merges two of whom everything has been seen, in an organisation or (null) by the installation. Returns the merge's id. */
export async function merged(
  asked: AskedMerge,
  by = byOperator(),
  organisationId: string | null = null,
): Promise<string> {
  const outcome = await merge(asked, { seen: WARNINGS, organisationId, by });
  if (outcome.kind !== 'merged') throw new Error(JSON.stringify(outcome));
  return outcome.mergeId;
}

/** Somebody's membership of the open organisation. */
export async function openMembership({ id }: { id: string }): Promise<string> {
  const found = await row<{ id: string }>(
    `select m.id from memberships m join organisations o on o.id = m.organisation_id
     where m.user_id = $1 and o.kind = 'open'`,
    [id],
  );
  return found?.id ?? '';
}
