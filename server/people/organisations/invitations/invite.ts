import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, notNull, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { linkToken, sha256 } from '../../../platform/lib/tokens.js';
import { requireRunning } from '../settings/suspension.js';
import { Membership, MembershipPerson } from '../tables.js';
import { NO_ROLE, type StoredRole } from './invited-role.js';
import { Invitation } from './tables.js';
import { WHY_NOT_INVITED } from './why-not-invited.js';

/** How long an invitation works (ms). */
export const INVITATION_LIFETIME = 14 * 86_400_000;

/** Most people who are invited at once: each gets a mail of their own. */
export const MOST_AT_ONCE = 500;

/** Who invites into which organisation, with the key of mailed links, and when (epoch ms). */
export interface Inviting {
  readonly organisationId: string;
  readonly key: Buffer;
  readonly actorId: string;
  readonly now: number;
}

/** The people of organisations by name, for `IS_INVITABLE`. */
export const INVITABLE = sql`${Membership} m join ${MembershipPerson} p on p.membership_id = m.id`;

/** Somebody works here, has an address, and no account: they can be invited. */
const IS_INVITABLE = sql`m.organisation_id = $1 and m.user_id is null and m.employment <> 'left' and p.email is not null`;

/** Nobody has invited them to their present address, or that link has expired ($2: now). */
const NOT_INVITED = sql`not exists (select 1 from ${Invitation} i where i.membership_id = m.id and i.ended_at is null
  and i.email = p.email and i.expires_at > $2)`;

/** The condition of those who can be invited and are not: `$1` the organisation, `$2` now. */
export const IS_TO_INVITE = sql`${IS_INVITABLE} and ${NOT_INVITED}`;

/** Without those whom only somebody who has looked at them may invite. A withdrawn invitation was taken back by such a person. */
export const IS_TO_INVITE_UNASKED = sql`${IS_TO_INVITE} and coalesce(${WHY_NOT_INVITED}, 'withdrawn') = 'withdrawn'`;

/** The address to which an invitation of this membership would go; null where nobody can be invited. */
export async function addressToInvite(organisationId: string, membershipId: string): Promise<string | null> {
  const found = await row(
    sql`select ${notNull(columns(MembershipPerson, 'p', 'email'))} from ${INVITABLE} where ${IS_INVITABLE} and m.id = $2`,
    [organisationId, membershipId],
  );
  return found?.email ?? null;
}

/**
 * Invite one person; an earlier link of theirs stops working. `role`: what they get when they accept; left out, what an open link of
 * theirs would bring. False where they cannot be invited.
 */
export const invite = (membershipId: string, inviting: Inviting, role?: StoredRole): Promise<boolean> =>
  inTransaction(async () => {
    await requireRunning(inviting.organisationId, 'change');
    await rows(sql`select id from ${Membership} where id = $1${toHold()}`, [membershipId]);
    const email = await addressToInvite(inviting.organisationId, membershipId);
    if (email !== null) await send({ membershipId, email, role }, inviting);
    return email !== null;
  });

const NEXT = sql`select ${columns(MembershipPerson, 'p', 'membershipId')}, ${notNull(columns(MembershipPerson, 'p', 'email'))}
  from ${INVITABLE} where ${IS_TO_INVITE_UNASKED} order by m.id limit ${MOST_AT_ONCE}`;

/** Invite those who can be invited unasked and are not, the first 500 of their list. Returns how many. */
export const inviteAll = (inviting: Inviting): Promise<number> =>
  inTransaction(async () => {
    await requireRunning(inviting.organisationId, 'change');
    const people = await rows(NEXT, [inviting.organisationId, inviting.now]);
    for (const person of people) await send(person, inviting);
    return people.length;
  });

const REPLACE = sql`update ${Invitation} set ended_at = $1, outcome = 'replaced' where membership_id = $2 and ended_at is null
  returning ${columns(Invitation, Invitation.table, 'invitedBy', 'role', 'roleUnitId', 'roleFromDay', 'roleUntilDay')}`;

interface Invited {
  readonly membershipId: string;
  readonly email: string;
  readonly role?: StoredRole | undefined;
}

async function send(invited: Invited, inviting: Inviting): Promise<void> {
  const { id } = await makeInvitation(invited, inviting);
  const { actorId, organisationId, now } = inviting;
  const news = { invitationId: id, membershipId: invited.membershipId };
  await record('invitation.made', news, { actorId, organisationId, now });
}

/** Store a new link for a membership, in place of an open one, whose role it brings. Joins the transaction; no mail goes out for it. */
export async function makeInvitation(
  { membershipId, email, role }: Invited,
  { organisationId, key, actorId, now }: Omit<Inviting, 'actorId'> & { readonly actorId: string | null },
): Promise<{ id: string; expiresAt: number }> {
  const [replaced] = await rows(REPLACE, [now, membershipId]);
  const { invitedBy, ...earlierRole } = replaced ?? { invitedBy: null, ...NO_ROLE };
  const id = newId();
  const expiresAt = now + INVITATION_LIFETIME;
  await insert(Invitation, {
    ...{ id, organisationId, membershipId, email, createdAt: now, expiresAt },
    tokenHash: sha256(linkToken(key, id)),
    invitedBy: actorId ?? invitedBy,
    ...(role ?? earlierRole),
  });
  return { id, expiresAt };
}

const WITHDRAW = sql`update ${Invitation} set ended_at = $1, outcome = 'withdrawn'
  where id = $2 and organisation_id = $3 and ended_at is null
  returning ${columns(Invitation, Invitation.table, 'membershipId')}`;

/** Take an invitation back: its link stops working. */
export const withdraw = (
  id: string,
  { organisationId, actorId, now }: Omit<Inviting, 'key'>,
): Promise<void> =>
  inTransaction(async () => {
    const [withdrawn] = await rows(WITHDRAW, [now, id, organisationId]);
    if (!withdrawn) return;
    const news = { invitationId: id, membershipId: withdrawn.membershipId };
    await record('invitation.withdrawn', news, { actorId, organisationId, now });
  });
