import { row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { Organisation } from '../tables.js';
import { Invitation } from './tables.js';

const END = sql`update ${Invitation} set ended_at = $2, outcome = $3 where id = $1 and ended_at is null
  returning ${columns(Invitation, Invitation.table, 'organisationId', 'membershipId')}`;

/** A mail server said that the address of an invitation does not exist: its link ends, and nobody is mailed there unasked any more. */
export const invitationBounced = (id: string, now: number): Promise<void> =>
  inTransaction(async () => {
    const ended = await row(END, [id, now, 'bounced']);
    if (!ended) return;
    const { organisationId, membershipId } = ended;
    const news = { invitationId: id, membershipId };
    await record('invitation.bounced', news, { actorId: null, organisationId, now });
  });

/** The open invitation of the person and address of a link, which need not work any more. */
const BY_LINK = sql`select ${columns(Invitation, 'i', 'id')}, ${renamed(Organisation, 'o', { organisation: 'name' })}
  from ${Invitation} l join ${Invitation} i on i.membership_id = l.membership_id and i.email = l.email
    join ${Organisation} o on o.id = i.organisation_id
  where l.token_hash = $1 and i.ended_at is null`;

/** The invitation that the holder of a link can turn down; null: none is open. */
export const invitationToDecline = (token: string) => row(BY_LINK, [sha256(token)]);

/** Whoever holds a link says that the invitation is not for them. Twice is once. */
export const declineInvitation = (token: string, now: number): Promise<void> =>
  inTransaction(async () => {
    const open = await invitationToDecline(token);
    const [ended] = open ? await rows(END, [open.id, now, 'declined']) : [];
    if (!open || !ended) return;
    const { organisationId, membershipId } = ended;
    const news = { invitationId: open.id, membershipId };
    await record('invitation.declined', news, { actorId: null, organisationId, now });
  });
