import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { User } from '../../accounts/tables.js';
import { personChanged } from '../../accounts/people.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { endRolesOfLeavers } from '../grants/leavers-roles.js';
import { indexMembers, listedName, listedEmail } from '../people/member-words.js';
import type { MemberFacts } from '../people/member-facts.js';
import { endEmployment } from '../people/members.js';
import { readMembers, type Zoned } from '../people/stored-members.js';
import { writeMembers } from '../people/write-members.js';
import { Membership, MembershipPerson } from '../tables.js';

/** Two memberships of one person in an organisation: the one that goes on, and the one that is closed. */
export interface MemberPair {
  readonly organisation: Zoned;
  readonly keptId: string;
  readonly closedId: string;
}

interface By {
  readonly actorId: string | null;
  readonly now: number;
}

/** What was said of a membership before it was closed, to say it again. */
type SaidBefore = Pick<MemberFacts, 'facts' | 'places'>;

const CLOSE = sql`update ${Membership} set merged_into = $2 where id = $1`;
const FOLLOW = sql`update ${Membership} set merged_into = $2 where merged_into = $1`;

/**
 * Close a membership in favour of another: from today on its person has left, as far as this one goes. Returns what was said
 * of it before. Joins the transaction of the merge, which holds the organisation.
 */
export async function closeMember(
  { organisation, keptId, closedId: membershipId }: MemberPair,
  { actorId, now }: By,
): Promise<string> {
  const before = (await readMembers(organisation, [membershipId])).get(membershipId);
  const said: SaidBefore = { facts: before?.facts ?? [], places: before?.places ?? [] };
  const fromDay = dayOf(now, organisation.timeZone);
  if (before?.employment !== 'left')
    await endEmployment({ organisation, membershipId, fromDay, actorId, now });
  await rows(CLOSE, [membershipId, keptId]);
  await rows(FOLLOW, [membershipId, keptId]);
  await indexMembers([keptId, membershipId]);
  return JSON.stringify(said);
}

const REOPEN = sql`update ${Membership} set merged_into = null where id = $1`;

/**
 * Undo it: what was said before holds again, for the days since as well. `own`: the memberships that had been merged into the
 * closed one before. Joins the transaction.
 */
export async function reopenMember(
  { organisation, keptId, closedId }: MemberPair,
  { asBefore, own }: { asBefore: string; own: readonly string[] },
  by: By,
): Promise<void> {
  await rows(REOPEN, [closedId]);
  for (const id of own) await rows(CLOSE, [id, closedId]);
  const now = (await readMembers(organisation, [closedId])).get(closedId);
  if (now) {
    const said = JSON.parse(asBefore) as SaidBefore;
    const again = <R extends { readonly id: string | null }>(all: readonly R[]) =>
      all.map(each => ({ ...each, id: null }));
    const after = { since: now.since, facts: again(said.facts), places: again(said.places) };
    await writeMembers(organisation, [{ before: now, after }], by);
    const fromDay = dayOf(by.now, organisation.timeZone);
    const news = { membershipId: closedId, what: 'returned' as const, fromDay };
    await record('member.changed', news, { ...by, organisationId: organisation.id });
  }
  await indexMembers([keptId, closedId]);
}

const MOVE = sql`update ${Membership} set user_id = $2 where id = $1`;

/** Whose login a membership has from now on; null: nobody's. Joins the transaction. */
export async function giveLogin(membershipId: string, userId: string | null): Promise<void> {
  await rows(MOVE, [membershipId, userId]);
  await indexMembers([membershipId]);
  if (userId) personChanged(userId);
}

/** The roles of an account that is closed end in an organisation; whoever goes on gets none unasked. Joins the transaction. */
export const endRolesIn = ({ id, timeZone }: Zoned, userId: string, by: By): Promise<void> =>
  endRolesOfLeavers([userId], { organisationId: id, today: dayOf(by.now, timeZone), ...by });

const KNOWN = sql`select ${columns(Membership, 'm', 'organisationId')},
    ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
    ${orNull(renamed(User, 'u', { accountName: 'name', accountEmail: 'email' }))}
  from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
    left join ${User} u on u.id = m.user_id where m.id = $1`;
const TAKE = sql`update ${MembershipPerson} set staff_number = null where membership_id = $1`;
const GIVE = sql`insert into ${MembershipPerson} (membership_id, organisation_id, name, email, staff_number)
  values ($1, $2, $3, $4, $5) on conflict (membership_id) do update set staff_number = $5`;

/**
 * A membership without a staff number takes over that of another, by which lists of people find the person from now on. Returns
 * the number; null where there is none to take over, or (`only`) another one. Joins the transaction.
 */
export async function takeNumber(fromId: string, toId: string, only?: string): Promise<string | null> {
  const [from, to] = [await row(KNOWN, [fromId]), await row(KNOWN, [toId])];
  if (!from?.staffNumber || !to || to.staffNumber !== null) return null;
  if (only !== undefined && from.staffNumber !== only) return null;
  await rows(TAKE, [fromId]);
  await rows(GIVE, [toId, to.organisationId, listedName(to), listedEmail(to), from.staffNumber]);
  await indexMembers([fromId, toId]);
  return from.staffNumber;
}

const INTO = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.merged_into = $1`;

/** The memberships that were merged into one. */
export const mergedMembers = async (membershipId: string): Promise<string[]> =>
  (await rows(INTO, [membershipId])).map(({ id }) => id);
