import { forgetPerson } from '../../accounts/people.js';
import { User } from '../../accounts/tables.js';
import { insertOnce, row, rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { flag } from '../../db/table.js';
import { afterCommit, inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { dayOf } from '../../lib/days.js';
import { holdOrganisation } from '../hold-organisation.js';
import { Invitation } from '../invitations/tables.js';
import { changeMembers } from '../people/change-members.js';
import type { MemberChange } from '../people/member-changes.js';
import { indexMembers } from '../people/member-words.js';
import { Membership, MembershipPerson, Placement } from '../tables.js';
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
export const joinByCode = (joinCodeId: string, joiner: Joiner): Promise<JoinedByCode> =>
  inTransaction(async () => {
    const seen = await codeWithId(joinCodeId);
    if (!seen) return 'over';
    const before = joinState(seen, dayOf(joiner.now, seen.timeZone));
    if (before === 'paused') return before;
    await holdOrganisation(seen.organisationId);
    const code = await codeWithId(joinCodeId);
    if (!code) return 'over';
    const known = await knownMembership(code.organisationId, joiner.userId);
    if (isAlready(known, code)) return 'member';
    const state = joinState(code, dayOf(joiner.now, code.timeZone));
    if (state !== 'open') return state;
    await take(code, known, joiner);
    return 'joined';
  });

/** Whether a code has nothing to give to somebody: they belong to its organisation, and work in a unit if it leads to one. */
export const isThereAlready = async (code: JoinCodeFacts, userId: string): Promise<boolean> =>
  isAlready(await knownMembership(code.organisationId, userId), code);

const isAlready = (known: Known | null, { unitId }: JoinCodeFacts): boolean =>
  known !== null && known.isMember && (known.isPlaced || unitId === null);

/** The membership that is the person's or, by their address, is meant to be. */
interface Known {
  readonly id: string;
  /** Linked to the account, and not left. */
  readonly isMember: boolean;
  readonly hasLeft: boolean;
  /** Works in a unit. */
  readonly isPlaced: boolean;
}

const OWN = sql`select ${columns(Membership, 'm', 'id', 'employment', 'userId')},
    exists (select 1 from ${Placement} p where p.membership_id = m.id and p.retired_at is null and p.to_day is null) ${as('isPlaced', flag())}
  from ${Membership} m`;
const LINKED = sql`${OWN} where m.organisation_id = $1 and m.user_id = $2`;
const LISTED = sql`${OWN} join ${MembershipPerson} q on q.membership_id = m.id join ${User} u on u.email = q.email
  where m.organisation_id = $1 and u.id = $2 and m.user_id is null and m.employment <> 'left'`;

async function knownMembership(organisationId: string, userId: string): Promise<Known | null> {
  const [linked] = await rows(LINKED, [organisationId, userId]);
  const listed = linked ? [] : await rows(LISTED, [organisationId, userId]);
  // Of two people with one address on a list nobody can say which of them this is.
  const found = linked ?? (listed.length === 1 ? listed[0] : undefined);
  if (!found) return null;
  const hasLeft = found.employment === 'left';
  const isMember = found.userId !== null && !hasLeft;
  return { id: found.id, isMember, hasLeft, isPlaced: Boolean(found.isPlaced) };
}

async function take(code: JoinCodeFacts, known: Known | null, { userId, now }: Joiner): Promise<void> {
  const { organisationId, timeZone, id: joinCodeId } = code;
  const by = { actorId: userId, now };
  const fromDay = dayOf(now, timeZone);
  const change = { membershipId: known?.id ?? null, fromDay, ...changeOf(code, known) };
  const outcome = await changeMembers({ id: organisationId, timeZone }, [change], by);
  if (outcome.kind === 'refused') throw new Error(`Somebody cannot join by an open code: ${code.id}`);
  const [membershipId = ''] = outcome.membershipIds;
  await link(membershipId, { userId, now });
  await insertOnce(JoinCodeUse, { joinCodeId, membershipId, usedAt: now });
  const told = { ...by, organisationId };
  const what = known === null ? 'added' : known.hasLeft ? 'returned' : 'moved';
  if (!outcome.isSame) await record('member.changed', { membershipId, what, fromDay }, told);
  await record('join-code.used', { joinCodeId, membershipId, userId }, told);
  afterCommit(() => forgetPerson(userId));
}

/** Whoever is placed already stays there. */
const changeOf = (
  { unitId }: JoinCodeFacts,
  known: Known | null,
): Pick<MemberChange, 'home' | 'employment'> => ({
  ...(unitId !== null && !known?.isPlaced && { home: { unitId, job: null } }),
  ...(known?.hasLeft && { employment: { value: 'active' as const } }),
});

const LINK = sql`update ${Membership} set user_id = $1 where id = $2 and user_id is null returning id`;
const ACCEPT = sql`update ${Invitation} set ended_at = $1, outcome = 'accepted', accepted_by = $2
  where membership_id = $3 and ended_at is null`;

/** An open invitation to the same place is accepted by this, so that it can be undone in the same way. */
async function link(membershipId: string, { userId, now }: Joiner): Promise<void> {
  if (!(await row(LINK, [userId, membershipId]))) return;
  await rows(ACCEPT, [now, userId, membershipId]);
  await indexMembers([membershipId]);
}
