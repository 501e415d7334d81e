import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, notNull, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer, nullable, text } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Membership, MembershipPerson, Organisation } from '../tables.js';
import { INVITABLE, IS_TO_INVITE, IS_TO_INVITE_UNASKED, MOST_AT_ONCE } from './invite.js';
import { ROLE_UNIT, UNIT_NAME } from './invited-role.js';
import { Invitation } from './tables.js';
import { WHY_NOT_INVITED, type NotInvited } from './why-not-invited.js';

/** The open invitations of an organisation, oldest first, after the one with the id `after`. Expired ones are open, too. */
export const openInvitations = (organisationId: string, { after, limit }: { after: string; limit: number }) =>
  rows(
    sql`select ${columns(Invitation, 'i', 'id', 'membershipId', 'email', 'createdAt', 'expiresAt', 'sentAt', 'role', 'roleUnitId', 'roleFromDay', 'roleUntilDay')}, ${orNull(UNIT_NAME)},
          ${columns(MembershipPerson, 'p', 'name', 'staffNumber')}, ${renamed(MembershipPerson, 'p', { address: 'email' })}
        from ${Invitation} i join ${MembershipPerson} p on p.membership_id = i.membership_id ${ROLE_UNIT}
        where i.organisation_id = $1 and i.ended_at is null and i.id > $2 order by i.id limit $3`,
    [organisationId, after, limit],
  );

/** The link that somebody got to their present address and that ran out; there is one at most. */
const RAN_OUT = sql`left join ${Invitation} x on x.membership_id = m.id and x.ended_at is null and x.email = p.email`;

/**
 * People of an organisation who can be invited and have no link that works, after the membership with the id `after`. `expiresAt`: when
 * the link of somebody ran out who was invited before. `why`: only one by one.
 */
export const notInvited = (
  organisationId: string,
  { after, limit, now }: { after: string; limit: number; now: number },
) =>
  rows(
    sql`select ${renamed(Membership, 'm', { id: 'id' })}, ${columns(MembershipPerson, 'p', 'name', 'staffNumber')},
          ${notNull(columns(MembershipPerson, 'p', 'email'))}, ${orNull(columns(Invitation, 'x', 'createdAt', 'expiresAt'))},
          ${WHY_NOT_INVITED} ${as('why', nullable(text<NotInvited>(10)))}
        from ${INVITABLE} ${RAN_OUT} where ${IS_TO_INVITE} and m.id > $3 order by m.id limit $4`,
    [organisationId, now, after, limit],
  );

/** How many can be invited together and are not, counted up to one more than are invited at once: they may be a hundred thousand. */
export const countNotInvited = async (organisationId: string, now: number): Promise<number> =>
  Number((await row(UNINVITED, [organisationId, now]))?.people ?? 0);

const UNINVITED = sql`select count(*) ${as('people', integer())} from (
  select m.id from ${INVITABLE} where ${IS_TO_INVITE_UNASKED} limit ${MOST_AT_ONCE + 1}) f`;

/** How many of them were invited before, and their link ran out; counted as far. */
export const countRanOut = async (organisationId: string, now: number): Promise<number> =>
  Number((await row(EXPIRED, [organisationId, now]))?.people ?? 0);

const EXPIRED = sql`select count(*) ${as('people', integer())} from (
  select m.id from ${INVITABLE} join ${Invitation} x on x.membership_id = m.id and x.ended_at is null and x.email = p.email
  where ${IS_TO_INVITE_UNASKED} limit ${MOST_AT_ONCE + 1}) f`;

/** The link that a membership got to its present address, which may have run out; null where it has none. Times: epoch ms. */
export const lastLink = (organisationId: string, membershipId: string) =>
  row(
    sql`select ${columns(Invitation, 'i', 'createdAt', 'expiresAt')} from ${Invitation} i
        join ${MembershipPerson} p on p.membership_id = i.membership_id and p.email = i.email
        where i.organisation_id = $1 and i.membership_id = $2 and i.ended_at is null`,
    [organisationId, membershipId],
  );

/** An invitation as its mail needs it; null where its link does not work any more. `sentAt` null: no mail of it was sent, or another is asked for. */
export const invitationToMail = (id: string, now: number) =>
  row(
    sql`select ${columns(Invitation, 'i', 'id', 'email', 'expiresAt', 'sentAt', 'role', 'roleUnitId', 'roleFromDay', 'roleUntilDay')},
          ${renamed(Organisation, 'o', { organisation: 'name' })}, ${orNull(UNIT_NAME)}
        from ${Invitation} i join ${Organisation} o on o.id = i.organisation_id ${ROLE_UNIT}
        where i.id = $1 and i.ended_at is null and i.expires_at > $2`,
    [id, now],
  );

/** Store that the mail of an invitation was sent. */
export const markSent = (id: string, now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`update ${Invitation} set sent_at = $2 where id = $1`, [id, now]));
