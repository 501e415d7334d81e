import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { CertificateElsewhere } from '../../certificates/elsewhere/tables.js';
import { Credit } from '../../../teaching/learning/credits/tables.js';
import { ClassroomSession } from '../../requirements/classroom/tables.js';

const SESSIONS = sql`select ${columns(Credit, 'c', 'id')}, ${columns(ClassroomSession, 's', 'visitorName', 'visitorLicence')},
    ${orNull(renamed(User, 'u', { instructor: 'name' }))}
  from ${Credit} c join ${ClassroomSession} s on s.id = c.source_id left join ${User} u on u.id = s.instructor_id
  where c.membership_id = $1 and c.source = 'session'`;

const ELSEWHERE = sql`select ${columns(Credit, 'c', 'id')}, ${columns(CertificateElsewhere, 'e', 'issuerName', 'title')}
  from ${Credit} c join ${CertificateElsewhere} e on e.id = c.source_id
  where c.membership_id = $1 and c.source = 'elsewhere'`;

/** Where somebody's completions come from that are not of our own courses, by credit, in words: a session and who taught it, or who issued a certificate from elsewhere. */
export async function completionSources(membershipId: string): Promise<ReadonlyMap<string, string>> {
  const sessions = await rows(SESSIONS, [membershipId]);
  const elsewhere = await rows(ELSEWHERE, [membershipId]);
  return new Map([
    ...elsewhere.map(({ id, issuerName, title }): [string, string] => [
      id,
      spoken('reports.why.byElsewhere', { issuer: issuerName, title }),
    ]),
    ...sessions.map(({ id, instructor, visitorName, visitorLicence }): [string, string] => [
      id,
      spoken('reports.why.bySession', {
        instructor:
          visitorName === null
            ? (instructor ?? '')
            : spoken('classroom.visitor', { name: visitorName, licence: visitorLicence ?? '' }),
      }),
    ]),
  ]);
}
