import { row, rows } from '../../db/rows.js';
import { as, columns, notNull, orNull, renamed, sql } from '../../db/sql.js';
import { integer, nullable, text } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { Membership, MembershipPerson, Organisation } from '../tables.js';
import { MOST_AT_ONCE, TO_INVITE, TO_INVITE_UNASKED } from './invite.js';
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

/** People of an organisation who can be invited and are not, after the membership with the id `after`; `why`: only one by one. */
export const notInvited = (
  organisationId: string,
  { after, limit, now }: { after: string; limit: number; now: number },
) =>
  rows(
    sql`select ${renamed(Membership, 'm', { id: 'id' })}, ${columns(MembershipPerson, 'p', 'name', 'staffNumber')},
          ${notNull(columns(MembershipPerson, 'p', 'email'))}, ${WHY_NOT_INVITED} ${as('why', nullable(text<NotInvited>(10)))}
        from ${TO_INVITE} and m.id > $3 order by m.id limit $4`,
    [organisationId, now, after, limit],
  );

/** How many can be invited together and are not, counted up to one more than are invited at once: they may be a hundred thousand. */
export const countNotInvited = async (organisationId: string, now: number): Promise<number> =>
  Number((await row(UNINVITED, [organisationId, now]))?.people ?? 0);

const UNINVITED = sql`select count(*) ${as('people', integer())} from (
  select m.id from ${TO_INVITE_UNASKED} limit ${MOST_AT_ONCE + 1}) f`;

/** Until when the open link of a membership works (epoch ms); null where it has none that works. */
export async function openUntil(
  organisationId: string,
  membershipId: string,
  now: number,
): Promise<number | null> {
  const found = await row(
    sql`select ${columns(Invitation, 'i', 'expiresAt')} from ${Invitation} i
        join ${MembershipPerson} p on p.membership_id = i.membership_id and p.email = i.email
        where i.organisation_id = $1 and i.membership_id = $2 and i.ended_at is null and i.expires_at > $3`,
    [organisationId, membershipId, now],
  );
  return found?.expiresAt ?? null;
}

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
