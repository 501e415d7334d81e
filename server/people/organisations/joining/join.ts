import { insertOnce } from '../../../platform/db/rows.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../hold-organisation.js';
import { becomeMember, isThere, knownMembership } from './become-member.js';
import { codeWithId, type JoinCodeFacts } from './join-codes.js';
import { joinState, type JoinState } from './join-state.js';
import { JoinCodeUse } from './tables.js';

/** How joining ended. `member`: the person belongs there already, and nothing changed. */
export type JoinedByCode = 'joined' | 'member' | Exclude<JoinState, 'open'>;

/** Who joins, and when (epoch ms). Their address is confirmed. */
interface Joiner {
  readonly userId: string;
  readonly now: number;
}

/**
 * Make a person a member of a code's organisation, placed in its unit. Somebody whom the organisation has on its list under
 * their confirmed address, or who left, comes to that membership. A member who works in no unit yet is placed. Of two who
 * take the last place at the same moment one gets it.
 */
export const joinByCode = (joinCodeId: string, { userId, now }: Joiner): Promise<JoinedByCode> =>
  inTransaction(async () => {
    const seen = await codeWithId(joinCodeId);
    if (!seen) return 'over';
    const before = joinState(seen, dayOf(now, seen.timeZone));
    if (before === 'paused') return before;
    await holdOrganisation(seen.organisationId);
    const code = await codeWithId(joinCodeId);
    if (!code) return 'over';
    const { organisationId, timeZone, unitId } = code;
    const known = await knownMembership(organisationId, userId);
    if (isThere(known, unitId)) return 'member';
    const state = joinState(code, dayOf(now, timeZone));
    if (state !== 'open') return state;
    const membershipId = await becomeMember({ id: organisationId, timeZone }, { userId, unitId, known, now });
    await insertOnce(JoinCodeUse, { joinCodeId, membershipId, usedAt: now });
    const news = { joinCodeId, membershipId, userId };
    await record('join-code.used', news, { actorId: userId, organisationId, now });
    return 'joined';
  });

/** Whether a code has nothing to give to somebody: they belong to its organisation, and work in a unit if it leads to one. */
export const isThereAlready = async (
  { organisationId, unitId }: JoinCodeFacts,
  userId: string,
): Promise<boolean> => isThere(await knownMembership(organisationId, userId), unitId);
