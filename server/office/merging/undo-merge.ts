import { ERASED_NAME } from '../../people/accounts/account-data.js';
import { goesOnIn, heldAccounts, reopenAccount } from '../../people/accounts/merged-accounts.js';
import { rows } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { creditedByAccount, takeCreditsBack } from '../../teaching/learning/credits/carry-credits.js';
import { goOnWithCycles } from '../../teaching/learning/path/leave-cycles.js';
import { holdOrganisation } from '../../people/organisations/hold-organisation.js';
import { giveLogin, reopenMember, takeNumber } from '../../people/organisations/merging/closed-members.js';
import { openErasureOf } from '../privacy/erasure/erasure-requests.js';
import {
  accountsMergedInto,
  findMerge,
  holdMerge,
  membersMergedInto,
  membersOfMerge,
  mergeUndoableUntil,
  type DoneMerge,
  type MergedMemberRow,
} from './merges.js';
import { memberSide } from './sides.js';
import { Merge } from './tables.js';

/**
 * How undoing ended. `over`: its time is; `not-open`: it was undone already, or never was; `changed`: one of the two has been
 * merged on, was erased or is about to be, the login has changed since, or the account is blocked: the other would let them in.
 */
export type UndoneMerge = 'undone' | 'over' | 'not-open' | 'changed';

interface By {
  readonly actorId: string | null;
  readonly now: number;
}

/**
 * Undo a merge: the credits that it gave never covered, the other membership says again what it said before, for the days since
 * as well, and the account can be used again. What has been done with the kept account since stays with it.
 */
export async function undoMerge(id: string, because: 'asked' | 'objection', by: By): Promise<UndoneMerge> {
  const seen = await findMerge(id);
  if (!seen) return 'not-open';
  return inTransaction(async () => {
    const members = await membersOfMerge(id);
    for (const { organisationId } of members) await holdOrganisation(organisationId);
    const accounts = await heldAccounts([seen.keptUserId ?? '', seen.closedUserId ?? '']);
    const done = await holdMerge(id);
    if (!done || done.undoneAt !== null) return 'not-open';
    if (by.now >= mergeUndoableUntil(done)) return 'over';
    const isBlocked = accounts.some(
      ({ id: kept, disabledAt }) => kept === done.keptUserId && disabledAt !== null,
    );
    if (isBlocked || (await isOtherwiseNow(done, members))) return 'changed';
    await rows(sql`update ${Merge} set undone_at = $2, undone_by = $3, undone_because = $4 where id = $1`, [
      id,
      by.now,
      by.actorId,
      because,
    ]);
    await reopen(done, members, by);
    return 'undone';
  });
}

/** Whether the two are no longer what the merge made of them. */
async function isOtherwiseNow(done: DoneMerge, members: readonly MergedMemberRow[]): Promise<boolean> {
  const { keptUserId, closedUserId } = done;
  if (closedUserId !== null && (await goesOnIn(closedUserId))?.id !== keptUserId) return true;
  for (const userId of [keptUserId, closedUserId])
    if (userId !== null && (await openErasureOf({ userId, membershipId: null }))) return true;
  for (const member of members) if (await isOtherMember(member, done)) return true;
  return false;
}

async function isOtherMember(
  { membershipId, keptId, loginId }: MergedMemberRow,
  { keptUserId }: DoneMerge,
): Promise<boolean> {
  const own = await memberSide(membershipId);
  if (!own || own.name === ERASED_NAME) return true;
  if (keptId === null) return own.userId !== keptUserId;
  const kept = await memberSide(keptId);
  if (!kept || kept.name === ERASED_NAME || kept.mergedInto !== null) return true;
  return own.mergedInto !== keptId || (loginId !== null && kept.userId !== loginId);
}

async function reopen(
  { id: mergeId, keptUserId, closedUserId }: DoneMerge,
  members: readonly MergedMemberRow[],
  by: By,
): Promise<void> {
  for (const member of members) await reopenPlace(mergeId, member, closedUserId, by);
  if (keptUserId === null || closedUserId === null) return;
  const own = await accountsMergedInto(closedUserId);
  await reopenAccount({ keptId: keptUserId, closedId: closedUserId }, own);
  await goOnWithCycles(closedUserId, by);
  const payload = { mergeId, userId: keptUserId, closedId: closedUserId };
  await record('account.merge-undone', payload, { ...by, organisationId: null });
}

async function reopenPlace(
  mergeId: string,
  { membershipId, organisationId, timeZone, keptId, loginId, ...was }: MergedMemberRow,
  closedUserId: string | null,
  by: By,
): Promise<void> {
  if (keptId === null) await giveLogin(membershipId, loginId);
  else {
    const organisation = { id: organisationId, timeZone };
    const later = closedUserId === null ? [] : await creditedByAccount(keptId, closedUserId);
    await takeCreditsBack([...new Set([...(JSON.parse(was.carried) as string[]), ...later])], by);
    const own = await membersMergedInto(membershipId);
    await reopenMember({ organisation, keptId, closedId: membershipId }, { asBefore: was.asBefore, own }, by);
    if (was.gaveNumber !== null) await takeNumber(keptId, membershipId, was.gaveNumber);
    if (loginId !== null) {
      await giveLogin(keptId, null);
      await giveLogin(membershipId, loginId);
    }
  }
  await record('member.merge-undone', { mergeId, membershipId, keptId }, { ...by, organisationId });
}
