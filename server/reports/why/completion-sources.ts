import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { columns, orNull, renamed, sql } from '../../db/sql.js';
import { spoken } from '../../i18n/spoken.js';
import { Credit } from '../../learning/credits/tables.js';
import { ClassroomSession } from '../../requirements/classroom/tables.js';

const SESSIONS = sql`select ${columns(Credit, 'c', 'id')}, ${columns(ClassroomSession, 's', 'visitorName', 'visitorLicence')},
    ${orNull(renamed(User, 'u', { instructor: 'name' }))}
  from ${Credit} c join ${ClassroomSession} s on s.id = c.source_id left join ${User} u on u.id = s.instructor_id
  where c.membership_id = $1 and c.source = 'session'`;

/** Where somebody's completions come from that are not of our own courses, by credit, in words: a session, and who taught it. */
export async function completionSources(membershipId: string): Promise<ReadonlyMap<string, string>> {
  const sessions = await rows(SESSIONS, [membershipId]);
  return new Map(
    sessions.map(({ id, instructor, visitorName, visitorLicence }) => [
      id,
      spoken('reports.why.bySession', {
        instructor:
          visitorName === null
            ? (instructor ?? '')
            : spoken('classroom.visitor', { name: visitorName, licence: visitorLicence ?? '' }),
      }),
    ]),
  );
}
