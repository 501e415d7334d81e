import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import type { SignedRecord } from '../../../requirements/classroom/signing/signed-record.js';
import { ClassroomSession, ClassroomSignature } from '../../../requirements/classroom/tables.js';
import type { ShortTable } from './pack-tables.js';
import { inUtc } from './standing-tables.js';

/**
 * Every signature under a classroom session on which a credit of the pack may rest: who taught, by name or by licence, and what was
 * signed. Where people are numbers, a visiting instructor is the number of a licence.
 */
export const sessionTable: ShortTable = {
  path: 'classroom-sessions.csv',
  columns: [
    ...['session', 'course', 'version', 'taught_on', 'time', 'minutes', 'needed_minutes', 'place'],
    ...['control_number', 'instructor', 'visitor', 'visitor_licence', 'people', 'credited'],
    ...['signature', 'kind', 'signed_by', 'signed_name', 'signed_at', 'statement_sha256', 'record_sha256'],
  ],
  async records({ organisation, period, courses, names }) {
    if (courses.length === 0) return [];
    const of = [organisation.id, period.to, period.knownAt, ...courses];
    return (await rows(SIGNATURES(courses.length), of)).map(({ record, ...each }) => {
      const signed = JSON.parse(record) as SignedRecord;
      const { userId, visitor, licence } = signed.instructor;
      return [
        ...[each.sessionId, signed.course, signed.version, signed.day, signed.time, signed.minutes],
        ...[signed.neededMinutes, signed.place, signed.controlNumber],
        ...[userId, names ? visitor : null, licence, signed.people.length, signed.credited.length],
        ...[each.number, each.kind, each.signedBy, names ? each.signedName : null, inUtc(each.signedAt)],
        ...[each.statementHash, each.recordHash],
      ];
    });
  },
};

const SIGNATURES = (courses: number) => sql`select
    ${columns(ClassroomSignature, 'g', 'sessionId', 'number', 'kind', 'signedBy', 'signedName', 'signedAt')},
    ${columns(ClassroomSignature, 'g', 'statementHash', 'record', 'recordHash')}
  from ${ClassroomSignature} g join ${ClassroomSession} s on s.id = g.session_id
  where s.organisation_id = $1 and s.day <= $2 and g.signed_at <= $3
    and s.course_slug in (${parameters(courses, 4)})
  order by s.day, s.time, s.id, g.number`;
