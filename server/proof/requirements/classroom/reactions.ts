import { currentCourse } from '../../../teaching/courses/catalogue.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { notice, type Mailing } from '../../../people/mails/mail-reactions.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { momentsOf } from './sessions/session-times.js';
import { peopleOf, sessionWithId } from './sessions/stored-sessions.js';

/** Mails about classroom sessions to those on their list, as long as they have not begun. */
export const classroomReactions = {
  'mail.classroom-expected': notice('classroom.expected', ({ payload: { sessionId } }, mailing) =>
    tellListed(sessionId, { what: 'expected', occasion: sessionId }, mailing),
  ),
  'mail.classroom-changed': notice('classroom.changed', ({ id, payload: { sessionId } }, mailing) =>
    tellListed(sessionId, { what: 'changed', occasion: id }, mailing),
  ),
  'mail.classroom-cancelled': notice('classroom.cancelled', ({ id, payload: { sessionId } }, mailing) =>
    tellListed(sessionId, { what: 'cancelled', occasion: id }, mailing),
  ),
};

/** News about a session. Nobody gets two mails for the same occasion. */
interface News {
  readonly what: 'expected' | 'changed' | 'cancelled';
  readonly occasion: string;
}

async function tellListed(
  sessionId: string,
  { what, occasion }: News,
  { send, t, baseUrl, clock }: Mailing,
): Promise<void> {
  const session = await sessionWithId(sessionId);
  const organisation = session && (await findOrganisation(session.organisationId));
  if (!organisation || clock() > momentsOf(session, organisation.timeZone).start) return;
  if ((session.endedAt !== null) !== (what === 'cancelled')) return;
  const course = await currentCourse(session.courseSlug);
  const day = formatDate(Date.parse(session.day), hereIn('UTC'));
  const values = {
    what,
    organisation: organisation.name,
    course: course?.snapshot.title ?? session.courseSlug,
    when: t('mail.classroomSession.when', { day, time: session.time }),
    place: session.place,
    link: `${baseUrl}/classroom`,
  };
  for (const { userId, state } of await peopleOf(sessionId)) {
    if (userId === null || state === 'absent') continue;
    const to = { userId, organisationId: organisation.id, key: `classroom:${occasion}:${userId}` };
    await send({ kind: 'classroom-session', ...to, values });
  }
}
