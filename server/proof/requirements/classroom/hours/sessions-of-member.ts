import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { courseHoursOf } from './course-hours.js';
import { hoursServed } from './hours-served.js';
import { servedSessions } from './session-credits.js';
import { courseTitles, hoursText, instructorText, sessionTime } from '../sessions/session-values.js';
import { sessionWithId } from '../sessions/stored-sessions.js';
import { ClassroomPerson, ClassroomSession } from '../tables.js';

const SIGNED = sql`select ${columns(ClassroomSession, 's', 'id', 'courseSlug')} from ${ClassroomPerson} p
  join ${ClassroomSession} s on s.id = p.session_id
  where p.membership_id = $1 and p.state = 'present' and s.signed_at is not null and s.ended_at is null`;

/** The signed sessions at which a member was, the latest first, and by course the hours served against those asked for. */
export async function sessionsOfMember(organisationId: string, membershipId: string) {
  const signed = await rows(SIGNED, [membershipId]);
  const found = await Promise.all(signed.map(({ id }) => sessionWithId(id)));
  const titleOf = await courseTitles();
  return {
    sessions: found
      .flatMap(session => session ?? [])
      .sort((one, other) => (`${one.day} ${one.time}` > `${other.day} ${other.time}` ? -1 : 1))
      .map(session => ({
        title: titleOf(session.courseSlug),
        text: [sessionTime(session), hoursText(session.minutes), instructorText(session)].join(' · '),
      })),
    hours: await hoursOf(organisationId, membershipId, [...new Set(signed.map(each => each.courseSlug))]),
  };
}

/** Of each course for which hours are asked: what was served since the last credit, and what is asked for. */
async function hoursOf(organisationId: string, membershipId: string, courses: readonly string[]) {
  const [asked, titleOf] = [await courseHoursOf(organisationId), await courseTitles()];
  const texts: string[] = [];
  for (const course of courses) {
    const needed = asked.get(course);
    if (needed === undefined) continue;
    const { counting, all } = hoursServed(await servedSessions(organisationId, course, [membershipId]));
    const blanks = {
      course: titleOf(course),
      counting: hoursText(counting),
      needed: hoursText(needed),
      all: hoursText(all),
    };
    texts.push(spoken('classroom.hoursOf', blanks));
  }
  return texts;
}
