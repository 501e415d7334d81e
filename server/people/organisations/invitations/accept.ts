import { personChanged } from '../../accounts/people.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { holdOrganisation } from '../hold-organisation.js';
import { indexMembers } from '../people/member-words.js';
import { Membership, MembershipPerson, Organisation } from '../tables.js';
import { giveInvitedRole, ROLE_UNIT, UNIT_NAME } from './invited-role.js';
import { Invitation } from './tables.js';

/** `member`: the account belongs to another of the organisation's people already. */
export type Accepted = 'accepted' | 'no-link' | 'member';

/** A link works until it is used, withdrawn or replaced, expires, or the person's address is corrected or they leave. */
const BY_LINK = sql`select ${columns(
  Invitation,
  'i',
  'id',
  'organisationId',
  'membershipId',
  'email',
  'invitedBy',
  'role',
  'roleUnitId',
  'roleFromDay',
  'roleUntilDay',
)},
    ${columns(MembershipPerson, 'p', 'name')},
    ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })}, ${orNull(UNIT_NAME)}
  from ${Invitation} i join ${Membership} m on m.id = i.membership_id
    join ${MembershipPerson} p on p.membership_id = m.id join ${Organisation} o on o.id = i.organisation_id
    ${ROLE_UNIT}
  where i.token_hash = $1 and i.ended_at is null and i.expires_at > $2
    and p.email = i.email and m.user_id is null and m.employment <> 'left'`;

/** The invitation of a link, without using it; null where it does not work. */
export const invitationOf = (token: string, now: number) => row(BY_LINK, [sha256(token), now]);

const MEMBER = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.organisation_id = $1 and m.user_id = $2`;
const USE = sql`update ${Invitation} set ended_at = $1, outcome = 'accepted', accepted_by = $2
  where id = $3 and ended_at is null`;
const LINK = sql`update ${Membership} set user_id = $1 where id = $2`;

/** Join an account to the membership of a link, with the role that it brings. Of any number of simultaneous uses one succeeds. */
export const acceptInvitation = (
  token: string,
  { userId, now }: { userId: string; now: number },
): Promise<Accepted> =>
  inTransaction(async () => {
    const seen = await invitationOf(token, now);
    if (!seen) return 'no-link';
    await holdOrganisation(seen.organisationId);
    const invitation = await invitationOf(token, now);
    if (!invitation) return 'no-link';
    const { id, organisationId, membershipId } = invitation;
    if (await row(MEMBER, [organisationId, userId])) return 'member';
    await rows(USE, [now, userId, id]);
    await rows(LINK, [userId, membershipId]);
    await indexMembers([membershipId]);
    await giveInvitedRole(invitation, userId, now);
    const news = { invitationId: id, membershipId, userId };
    await record('invitation.accepted', news, { actorId: userId, organisationId, now });
    personChanged(userId);
    return 'accepted';
  });
