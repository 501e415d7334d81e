import { closeInto, heldAccounts } from '../../people/accounts/merged-accounts.js';
import { insert } from '../../platform/db/rows.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { carryCredits } from '../../teaching/learning/credits/carry-credits.js';
import { leaveOpenCycles } from '../../teaching/learning/path/leave-cycles.js';
import { newId } from '../../platform/lib/ids.js';
import { holdOrganisation } from '../../people/organisations/hold-organisation.js';
import {
  closeMember,
  endRolesIn,
  giveLogin,
  takeNumber,
} from '../../people/organisations/merging/closed-members.js';
import {
  planMerge,
  type AskedMerge,
  type MergedPlace,
  type MergePlan,
  type MergeRefusal,
  type MergeWarning,
  type MergingActor,
} from './plan-merge.js';
import { Merge, MergedMember } from './tables.js';

/** How a merge ended. `unseen`: something has to be seen first that nobody ticked; nothing was done. */
export type MergeOutcome =
  | { readonly kind: 'merged'; readonly mergeId: string }
  | { readonly kind: 'unseen'; readonly warnings: readonly MergeWarning[] }
  | { readonly kind: 'refused'; readonly reason: MergeRefusal };

/**
 * Make one person of two. Nothing that was recorded is changed: the one that goes on is credited with what the other completed,
 * by the old sources; the other membership ends today, the other account is closed, and the login moves where only one has any.
 * What is planned is planned again under lock, so that what has changed meanwhile is shown, and of two merges at once one is
 * made. `seen`: the warnings that were ticked. `organisationId`: where it is decided; null: by the installation.
 */
export async function merge(
  asked: AskedMerge,
  { seen, organisationId, by }: { seen: readonly string[]; organisationId: string | null; by: MergingActor },
): Promise<MergeOutcome> {
  const expected = await planMerge(asked, by);
  if (expected.kind === 'refused') return expected;
  return inTransaction(async () => {
    await hold(expected);
    const plan = await planMerge(asked, by);
    if (plan.kind === 'refused') return plan;
    if (plan.warnings.some(warning => !seen.includes(warning)))
      return { kind: 'unseen', warnings: plan.warnings };
    return { kind: 'merged', mergeId: await carryOut(plan, organisationId, by) };
  });
}

/** Organisations first and then accounts, each in the order of their ids: two merges never wait for each other in turn. */
async function hold({ places, keptUserId, closedUserId }: MergePlan): Promise<void> {
  for (const id of places.map(({ organisation }) => organisation.id).sort()) await holdOrganisation(id);
  const accounts = [keptUserId, closedUserId].flatMap(id => id ?? []);
  if (accounts.length > 0) await heldAccounts(accounts);
}

async function carryOut(
  plan: MergePlan,
  organisationId: string | null,
  { actorId, now }: MergingActor,
): Promise<string> {
  const { keptUserId, closedUserId, places } = plan;
  const mergeId = newId();
  await insert(Merge, {
    id: mergeId,
    organisationId,
    keptUserId,
    closedUserId,
    mergedBy: actorId,
    mergedAt: now,
  });
  for (const place of places) await mergePlace(mergeId, place, plan, { actorId, now });
  if (closedUserId !== null && keptUserId !== null) {
    await closeInto({ keptId: keptUserId, closedId: closedUserId }, now);
    await leaveOpenCycles(closedUserId, 'merged', { actorId, now });
    const payload = { mergeId, userId: keptUserId, closedId: closedUserId };
    await record('account.merged', payload, { actorId, organisationId: null, now });
  }
  return mergeId;
}

async function mergePlace(
  mergeId: string,
  { organisation, membershipId, keptId, loginId }: MergedPlace,
  { keptUserId, closedUserId }: MergePlan,
  by: { actorId: string | null; now: number },
): Promise<void> {
  const news = { mergeId, membershipId, keptId };
  const done = { mergeId, membershipId, organisationId: organisation.id, keptId, loginId };
  if (keptId === null) {
    if (closedUserId !== null) await endRolesIn(organisation, closedUserId, by);
    await giveLogin(membershipId, keptUserId);
    await insert(MergedMember, { ...done, asBefore: '', carried: '[]' });
  } else {
    if (loginId !== null) {
      await giveLogin(membershipId, null);
      await giveLogin(keptId, loginId);
    }
    const gaveNumber = await takeNumber(membershipId, keptId);
    const carried = await carryCredits(membershipId, keptId, by);
    const asBefore = await closeMember({ organisation, keptId, closedId: membershipId }, by);
    await insert(MergedMember, { ...done, gaveNumber, asBefore, carried: JSON.stringify(carried) });
  }
  await record('member.merged', news, { ...by, organisationId: organisation.id });
}
