import { insert, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { linkToken, sha256 } from '../../../platform/lib/tokens.js';
import type { Inviting } from '../invitations/invite.js';
import { requireRunning } from '../settings/suspension.js';
import { CourseLink } from './tables.js';

/** How long a link works (ms); and how long those that have ended are kept, with the addresses to which they went. */
const LINK_LIFETIME = 14 * 86_400_000;
export const KEPT = 90 * 86_400_000;

/** Most addresses at once: each gets a mail of its own. */
export const MOST_LINKS = 100;

/** To whom a link goes: an address, and a name or ''. */
export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** Which course a link opens, and in which unit whoever opens it will work; null: in none. */
export interface LinkedCourse {
  readonly courseSlug: string;
  readonly unitId: string | null;
}

/** Mail a link to each of these addresses. An earlier link to the same address for the same course stops working. */
export const sendCourseLinks = (
  to: readonly Addressee[],
  course: LinkedCourse,
  inviting: Inviting,
): Promise<void> =>
  inTransaction(async () => {
    await requireRunning(inviting.organisationId, 'change');
    await rows(FORGET, [inviting.organisationId, inviting.now - KEPT]);
    for (const each of to) await send(each, course, inviting);
  });

const FORGET = sql`delete from ${CourseLink} where organisation_id = $1 and created_at < $2`;
const REPLACE = sql`update ${CourseLink} set ended_at = $1, outcome = 'replaced'
  where organisation_id = $2 and course_slug = $3 and email = $4 and ended_at is null`;

/** Mail one link. Joins the transaction. */
export async function send(
  { email, name }: Addressee,
  { courseSlug, unitId }: LinkedCourse,
  { organisationId, key, actorId, now }: Inviting,
): Promise<void> {
  await rows(REPLACE, [now, organisationId, courseSlug, email]);
  const id = newId();
  const tokenHash = sha256(linkToken(key, id));
  const times = { createdAt: now, expiresAt: now + LINK_LIFETIME };
  const made = { id, organisationId, unitId, courseSlug, email, name, tokenHash, sentBy: actorId };
  await insert(CourseLink, { ...made, ...times });
  const news = { courseLinkId: id, courseSlug, unitId };
  await record('course-link.sent', news, { actorId, organisationId, now });
}

const WITHDRAW = sql`update ${CourseLink} set ended_at = $1, outcome = 'withdrawn'
  where id = $2 and organisation_id = $3 and ended_at is null
  returning ${columns(CourseLink, CourseLink.table, 'courseSlug')}`;

/** Take a link back: it stops working. */
export const withdrawCourseLink = (
  id: string,
  { organisationId, actorId, now }: Omit<Inviting, 'key'>,
): Promise<void> =>
  inTransaction(async () => {
    const [withdrawn] = await rows(WITHDRAW, [now, id, organisationId]);
    if (!withdrawn) return;
    const news = { courseLinkId: id, courseSlug: withdrawn.courseSlug };
    await record('course-link.withdrawn', news, { actorId, organisationId, now });
  });
