import { CourseVersion } from '../../../../teaching/courses/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import { Membership } from '../../../../people/organisations/tables.js';
import { AttemptRegrade, ItemRuling } from '../../../../teaching/quizzes/regrading/tables.js';
import { Attempt } from '../../../../teaching/quizzes/tables.js';
import type { PeopleTable, ShortTable } from './pack-tables.js';
import { inUtc } from './standing-tables.js';

/** Decisions on faulty questions of the courses, without the questions. */
export const rulingTable: ShortTable = {
  path: 'rulings.csv',
  columns: ['ruling', 'course', 'quiz', 'question', 'kind', 'from_version', 'to_version', 'ruled_at'],
  async records({ courses, period }) {
    if (courses.length === 0) return [];
    const found = await rows(
      sql`select ${columns(ItemRuling, 'r', 'number', 'courseSlug', 'quiz', 'itemId', 'kind', 'fromVersion', 'toVersion', 'createdAt')}
          from ${ItemRuling} r where r.created_at <= $1 and r.course_slug in (${parameters(courses.length, 2)})
          order by r.number`,
      [period.knownAt, ...courses],
    );
    return found.map(({ number, courseSlug, quiz, itemId, kind, fromVersion, toVersion, createdAt }) => [
      ...[number, courseSlug, quiz, itemId, kind, fromVersion, toVersion, inUtc(createdAt)],
    ]);
  },
};

/** What regrades changed for people: whether they passed, or their points. */
export const regradeTable: PeopleTable = {
  path: 'regrades.csv',
  columns: ['person', 'course', 'version', 'quiz', 'attempt', 'change', 'regraded_at'],
  async recordsOf({ courses, period }, ids) {
    if (courses.length === 0) return [];
    const found = await rows(
      sql`select ${columns(AttemptRegrade, 'g', 'attemptId', 'change', 'regradedAt')}, ${columns(Attempt, 'a', 'quiz')},
            ${renamed(Membership, 'm', { person: 'id' })}, ${columns(CourseVersion, 'v', 'courseSlug', 'number')}
          from ${Membership} m join ${Attempt} a on a.user_id = m.user_id and a.organisation_id = m.organisation_id
            join ${AttemptRegrade} g on g.attempt_id = a.id join ${CourseVersion} v on v.id = a.course_version_id
          where g.regraded_at <= $1 and m.id in (${parameters(ids.length, 2)})
            and v.course_slug in (${parameters(courses.length, ids.length + 2)})
          order by m.id, g.regraded_at, a.id`,
      [period.knownAt, ...ids, ...courses],
    );
    return found.map(({ person, courseSlug, number, quiz, attemptId, change, regradedAt }) => [
      ...[person, courseSlug, number, quiz, attemptId, change, inUtc(regradedAt)],
    ]);
  },
};
