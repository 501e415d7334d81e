import { personChanged } from '../../accounts/people.js';
import { User } from '../../accounts/tables.js';
import { insert, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { flag } from '../../../platform/db/table.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { giveInvitedRole } from '../invitations/invited-role.js';
import { Invitation } from '../invitations/tables.js';
import { changeMembers } from '../people/change-members.js';
import type { MemberChange } from '../people/member-changes.js';
import { indexMembers } from '../people/member-words.js';
import type { Zoned } from '../people/stored-members.js';
import { Membership, MembershipPerson, Placement } from '../tables.js';

/** The membership that is the person's or, by their address, is meant to be. */
export interface KnownMembership {
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

/** Somebody's membership of an organisation, or the one that it has on its list under their address. */
export async function knownMembership(
  organisationId: string,
  userId: string,
): Promise<KnownMembership | null> {
  const [linked] = await rows(LINKED, [organisationId, userId]);
  const listed = linked ? [] : await rows(LISTED, [organisationId, userId]);
  // Of two people with one address on a list nobody can say which of them this is.
  const found = linked ?? (listed.length === 1 ? listed[0] : undefined);
  if (!found) return null;
  const hasLeft = found.employment === 'left';
  const isMember = found.userId !== null && !hasLeft;
  return { id: found.id, isMember, hasLeft, isPlaced: Boolean(found.isPlaced) };
}

/** Whether joining would change nothing: they belong there, and work in a unit if it leads to one. */
export const isThere = (known: KnownMembership | null, unitId: string | null): boolean =>
  known !== null && known.isMember && (known.isPlaced || unitId === null);

/** Who joins, where, and by whose mail, if by one: that counts as an invitation of whoever is on the list, and is undone like one. */
interface Joining {
  readonly userId: string;
  readonly unitId: string | null;
  readonly known: KnownMembership | null;
  readonly now: number;
  readonly mailed?: { readonly email: string; readonly sentBy: string };
}

/**
 * Make a person a member, placed in the unit unless they work in one. Joins the transaction, which holds the organisation. Returns the
 * id of the membership.
 */
export async function becomeMember(organisation: Zoned, joining: Joining): Promise<string> {
  const { userId, known, now } = joining;
  const by = { actorId: userId, now };
  const fromDay = dayOf(now, organisation.timeZone);
  const change = { membershipId: known?.id ?? null, fromDay, ...changeOf(joining) };
  const outcome = await changeMembers(organisation, [change], by);
  if (outcome.kind === 'refused') throw new Error(`A person cannot join the organisation ${organisation.id}`);
  const [membershipId = ''] = outcome.membershipIds;
  await link(membershipId, organisation, joining);
  const what = known === null ? 'added' : known.hasLeft ? 'returned' : 'moved';
  if (!outcome.isSame)
    await record(
      'member.changed',
      { membershipId, what, fromDay },
      { ...by, organisationId: organisation.id },
    );
  personChanged(userId);
  return membershipId;
}

/** Whoever is placed already stays there. */
const changeOf = ({ unitId, known }: Joining): Pick<MemberChange, 'home' | 'employment'> => ({
  ...(unitId !== null && !known?.isPlaced && { home: { unitId, job: null } }),
  ...(known?.hasLeft && { employment: { value: 'active' as const } }),
});

const LINK = sql`update ${Membership} set user_id = $1 where id = $2 and user_id is null returning id`;
const ACCEPT = sql`update ${Invitation} set ended_at = $1, outcome = 'accepted', accepted_by = $2
  where membership_id = $3 and ended_at is null
  returning ${columns(Invitation, Invitation.table, 'organisationId', 'invitedBy', 'role', 'roleUnitId', 'roleFromDay', 'roleUntilDay')}`;

/** An open invitation to the same place is accepted by this, with its role, so that it can be undone in the same way. */
async function link(
  membershipId: string,
  { id: organisationId, timeZone }: Zoned,
  { userId, now, known, mailed }: Joining,
): Promise<void> {
  if (!(await row(LINK, [userId, membershipId]))) return;
  const [accepted] = await rows(ACCEPT, [now, userId, membershipId]);
  if (accepted) await giveInvitedRole({ ...accepted, timeZone }, userId, now);
  else if (known && mailed) {
    const id = newId();
    const times = { createdAt: now, expiresAt: now, sentAt: now, endedAt: now };
    const done = { outcome: 'accepted' as const, acceptedBy: userId };
    const to = { organisationId, membershipId, email: mailed.email, invitedBy: mailed.sentBy };
    // A hash of what no link holds: the mailed one has its own.
    await insert(Invitation, { id, ...to, tokenHash: sha256(id), ...times, ...done });
  }
  await indexMembers([membershipId]);
}
