import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf } from '../../../platform/lib/days.js';
import { addMember } from '../people/members.js';
import type { Zoned } from '../people/stored-members.js';
import { Membership, MembershipPerson } from '../tables.js';
import type { StoredRole } from './invited-role.js';
import { invite, type Inviting } from './invite.js';

/** How an invitation of somebody by name and address ended. `member`: somebody with this address belongs there already; `several`: more than one. */
export type InvitedSomebody = 'invited' | 'member' | 'several';

const KNOWN = sql`select ${columns(Membership, 'm', 'id', 'userId')} from ${Membership} m
  join ${MembershipPerson} p on p.membership_id = m.id
  where m.organisation_id = $1 and p.email = $2 and m.employment <> 'left'`;

/** Invite whoever has this address on the organisation's list; somebody new is added to it first. */
export const inviteSomebody = (
  { name, email }: { name: string; email: string },
  organisation: Zoned,
  { role, ...inviting }: Inviting & { readonly role: StoredRole },
): Promise<InvitedSomebody> =>
  inTransaction(async () => {
    const [known, second] = await rows(KNOWN, [organisation.id, email]);
    if (second) return 'several';
    if (known?.userId) return 'member';
    const { actorId, now } = inviting;
    const fromDay = dayOf(now, organisation.timeZone);
    const person = { name, email, staffNumber: null };
    const added = known ? null : await addMember({ organisation, fromDay, actorId, now }, { person });
    if (added?.kind === 'refused') throw new Error(`Could not add a person: ${added.reason}`);
    await invite(known?.id ?? added?.membershipId ?? '', inviting, role);
    return 'invited';
  });

const LISTED = sql`select ${columns(MembershipPerson, 'p', 'name', 'email')} from ${MembershipPerson} p
  join ${Membership} m on m.id = p.membership_id
  where p.organisation_id = $1 and p.membership_id = $2 and m.user_id is null`;

/** Somebody on the list who has no account yet, to fill in the form. */
export const listedPerson = (organisationId: string, membershipId: string) =>
  row(LISTED, [organisationId, membershipId]);
