import { canSignIn, idOfAddress } from '../../accounts/people.js';
import { accountByLink, isAddressTaken } from '../../accounts/sign-up/registration.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { holdOrganisation } from '../hold-organisation.js';
import { becomeMember, isThere, knownMembership } from '../joining/become-member.js';
import { MembershipPerson, Membership } from '../tables.js';
import { linkOf, stillWorks, type CourseLinkFacts } from './course-links.js';
import { KEPT, send } from './send-links.js';
import { CourseLink } from './tables.js';

const LISTED = sql`select ${columns(MembershipPerson, 'p', 'name')} from ${MembershipPerson} p
  join ${Membership} m on m.id = p.membership_id
  where p.organisation_id = $1 and p.email = $2 and m.user_id is null and m.employment <> 'left'`;

/** The name for the account that opening a link makes; '' where whoever opens it has to say, null where they have an account. */
export async function nameFor({ organisationId, email, name }: CourseLinkFacts): Promise<string | null> {
  if (await isAddressTaken(email)) return null;
  const listed = await rows(LISTED, [organisationId, email]);
  return name || (listed.length === 1 ? (listed[0]?.name ?? '') : '');
}

const USE = sql`update ${CourseLink} set ended_at = $1, outcome = 'opened' where id = $2`;
const WHOSE = sql`update ${CourseLink} set membership_id = $1 where id = $2`;

/**
 * Open a link: its reader has an account from then on, and belongs to the organisation. `name`: what they say they are called; it counts
 * where nobody knows. Returns who they are, or null where the link does not work: of several uses one succeeds.
 */
export const openCourseLink = (
  token: string,
  { name, now }: { name: string; now: number },
): Promise<{ userId: string; courseSlug: string } | null> =>
  inTransaction(async () => {
    const link = await linkOf(token);
    if (!link) return null;
    const { id, organisationId, timeZone, unitId, email, courseSlug, sentBy } = link;
    await holdOrganisation(organisationId);
    const held = await linkOf(token);
    if (!held || !stillWorks(held, now)) return null;
    const called = await nameFor(link);
    const userId =
      called === null ? await idOfAddress(email) : await accountByLink({ name: called || name, email }, now);
    // Whoever is blocked comes in by no link, and joins nothing.
    if (userId === null || !(await canSignIn(userId))) return null;
    await rows(USE, [now, id]);
    const known = await knownMembership(organisationId, userId);
    const joining = { userId, unitId, known, now, mailed: { email, sentBy } };
    const membershipId =
      known && isThere(known, unitId)
        ? known.id
        : await becomeMember({ id: organisationId, timeZone }, joining);
    await rows(WHOSE, [membershipId, id]);
    const news = { courseLinkId: id, courseSlug, membershipId, userId };
    await record('course-link.opened', news, { actorId: userId, organisationId, now });
    return { userId, courseSlug };
  });

/** Whether the reader of a link that works no more may have another: unless it was taken back, or is long past. */
export const mayHaveAnother = ({ outcome, createdAt, expiresAt }: CourseLinkFacts, now: number): boolean =>
  now < Number(createdAt) + KEPT && (outcome === 'opened' || (outcome === null && expiresAt <= now));

/** Mail another link to where this one went. False where its reader may not have one. */
export const sendAnotherLink = (
  token: string,
  { key, now }: { key: Buffer; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const link = await linkOf(token);
    if (!link || !mayHaveAnother(link, now)) return false;
    const { organisationId, sentBy: actorId } = link;
    await send(link, link, { organisationId, key, actorId, now });
    return true;
  });
