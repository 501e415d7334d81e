import { currentCourse } from '../courses/catalogue.js';
import type { Reactions } from '../events/choreography.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn } from '../i18n/spoken.js';
import { sendNotice } from '../notifications/notices.js';
import { findOrganisation } from '../organisations/memberships.js';
import { momentsOf } from '../requirements/classroom/sessions/session-times.js';
import { peopleOf, sessionWithId } from '../requirements/classroom/sessions/stored-sessions.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about classroom sessions to those on their list, as long as they have not begun. */
export function classroomMails(deps: ReactionDeps) {
  const { baseUrl, clock } = deps;
  const { t } = mailsWith(deps);
  /** `occasion`: names what is told. Whoever was told of it already is not told again. */
  const tell = async (sessionId: string, what: 'expected' | 'changed' | 'cancelled', occasion: string) => {
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
      await sendNotice({ kind: 'classroom-session', ...to, values }, deps, clock());
    }
  };
  return {
    'mail.classroom-expected': ({ payload: { sessionId } }) => tell(sessionId, 'expected', sessionId),
    'mail.classroom-changed': ({ id, payload }) => tell(payload.sessionId, 'changed', id),
    'mail.classroom-cancelled': ({ id, payload }) => tell(payload.sessionId, 'cancelled', id),
  } satisfies Partial<Reactions>;
}
