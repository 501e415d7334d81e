import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, notNull, sql } from '../../../platform/db/sql.js';
import { nullable, text } from '../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { Membership, MembershipPerson } from '../tables.js';
import { INVITATION_LIFETIME, makeInvitation, type Inviting } from './invite.js';
import { Invitation } from './tables.js';
import { WHY_NOT_INVITED, type NotInvited } from './why-not-invited.js';

/** A link that is mailed again, or why it is not. `member`: they have an account by now, or work there no more. */
export type Renewed =
  | { readonly kind: 'renewed'; readonly id: string; readonly email: string; readonly expiresAt: number }
  | { readonly kind: 'not'; readonly why: NotInvited | 'member' };

const PERSON = sql`select ${notNull(columns(MembershipPerson, 'p', 'email'))}, ${WHY_NOT_INVITED} ${as('why', nullable(text<NotInvited>(10)))}
  from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
  where m.id = $1 and m.organisation_id = $2 and m.user_id is null and m.employment <> 'left'`;

/** The link that works already begins its time anew: whoever has an earlier mail of it can use that, too. */
const AGAIN = sql`update ${Invitation} set expires_at = $1
  where membership_id = $2 and email = $3 and ended_at is null and expires_at > $4
  returning ${columns(Invitation, Invitation.table, 'id')}`;

/**
 * The link to mail to somebody without an account, unasked: the one that they have while it works, or else a new one. It goes to their
 * address alone, so it is no less safe than the first. Twice is once.
 */
export const renewLink = (membershipId: string, inviting: Omit<Inviting, 'actorId'>): Promise<Renewed> =>
  inTransaction(async () => {
    const { organisationId, now } = inviting;
    await rows(sql`select id from ${Membership} where id = $1${toHold()}`, [membershipId]);
    const person = await row(PERSON, [membershipId, organisationId]);
    if (!person) return { kind: 'not', why: 'member' };
    const { email, why } = person;
    if (why !== null) return { kind: 'not', why };
    const expiresAt = now + INVITATION_LIFETIME;
    const again = await row(AGAIN, [expiresAt, membershipId, email, now]);
    if (again) return { kind: 'renewed', id: again.id, email, expiresAt };
    const made = await makeInvitation({ membershipId, email }, { ...inviting, actorId: null });
    const news = { invitationId: made.id, membershipId };
    await record('invitation.renewed', news, { actorId: null, organisationId, now });
    return { kind: 'renewed', email, ...made };
  });

/** Links that ran out, or in whose place another came, while their person still has that address and no account. */
const OLD_LINK = sql`select ${columns(Invitation, 'i', 'organisationId', 'membershipId', 'email')}
  from ${Invitation} i join ${Membership} m on m.id = i.membership_id join ${MembershipPerson} p on p.membership_id = m.id
  where i.token_hash = $1 and (i.outcome is null or i.outcome = 'replaced')
    and p.email = i.email and m.user_id is null and m.employment <> 'left' and ${WHY_NOT_INVITED} is null`;

/** The address to which a new link goes in place of an old one; null where none may. Only the server sees it. */
export const addressOfOldLink = async (token: string): Promise<string | null> =>
  (await row(OLD_LINK, [sha256(token)]))?.email ?? null;

const UNSENT = sql`update ${Invitation} set sent_at = null where id = $1`;

/** Mail a link that works to the address of an old one. */
export const renewOldLink = (token: string, { key, now }: Pick<Inviting, 'key' | 'now'>): Promise<void> =>
  inTransaction(async () => {
    const old = await row(OLD_LINK, [sha256(token)]);
    if (!old) return;
    const { organisationId, membershipId } = old;
    const renewed = await renewLink(membershipId, { organisationId, key, now });
    if (renewed.kind !== 'renewed') return;
    await rows(UNSENT, [renewed.id]);
    const news = { invitationId: renewed.id, membershipId };
    await record('invitation.asked-again', news, { actorId: null, organisationId, now });
  });
