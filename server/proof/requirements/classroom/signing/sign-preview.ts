import { spoken } from '../../../../platform/i18n/spoken.js';
import { courseHoursOf } from '../hours/course-hours.js';
import { earnedBy, type ServedSession } from '../hours/earned.js';
import type { OpenSession } from '../sessions/open-session.js';
import { servedSessions } from '../hours/session-credits.js';
import { creditTag, hoursText, listedValues } from '../sessions/session-values.js';
import { momentsOf } from '../sessions/session-times.js';
import { peopleOf, type ListedPerson } from '../sessions/stored-sessions.js';

/** What a signature would say, person for person, and who would be credited. */
export async function signPreview({ session, organisation }: OpenSession, now: number) {
  const here = (await peopleOf(session.id)).filter(({ state }) => state === 'present');
  const ids = here.map(({ membershipId }) => membershipId);
  const needed = (await courseHoursOf(organisation.id)).get(session.courseSlug) ?? null;
  const served = await servedSessions(organisation.id, session.courseSlug, ids);
  const rows = here.map(person => {
    const own = served.filter(each => each.membershipId === person.membershipId && each.id !== session.id);
    const earned = earnedBy([...own, asServed(person, session, needed)]).get(session.id);
    return { person, earned };
  });
  const credited = rows.filter(({ earned }) => earned?.isCredited).length;
  return {
    summary: spoken('classroom.signSummary', { count: here.length, credited }),
    isEarly: now < momentsOf(session, organisation.timeZone).start,
    rows: rows.map(({ person, earned }) => [
      { text: listedValues(person).name, isName: true },
      { text: hoursText(person.minutes ?? session.minutes) },
      { text: session.points.length > 0 ? `${person.pointsDone.length}/${session.points.length}` : '' },
      { tag: creditTag(earned) },
    ]),
  };
}

const asServed = (
  person: ListedPerson,
  { id, day, time, minutes, points }: OpenSession['session'],
  neededMinutes: number | null,
): ServedSession => ({
  ...{ id, day, time, minutes, neededMinutes },
  served: person.minutes ?? minutes,
  hasAllPoints: person.pointsDone.length >= points.length,
});
