import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import type { PackScope } from './pack-scope.js';
import type { PeopleTable } from './pack-tables.js';
import { lastDay, inUtc } from './standing-tables.js';

/** Who completed which course on which day, and what that rests on. A credit that was voided twice has two records. */
export const creditTable: PeopleTable = {
  path: 'credits.csv',
  columns: [
    ...['credit', 'person', 'course', 'version', 'completed_on', 'source', 'source_id', 'recorded_at'],
    ...['void_because', 'void_from', 'void_to'],
  ],
  async recordsOf(scope, ids) {
    if (scope.courses.length === 0) return [];
    const { to, knownAt } = scope.period;
    const found = await rows(CREDITS(scope, ids), [to, knownAt, ...ids, ...scope.courses]);
    return found.map(each => [
      ...[each.id, each.membershipId, each.courseSlug, each.version, each.completedOn],
      ...[each.source, each.sourceId, inUtc(each.recordedAt)],
      ...[each.because, each.voidFrom, lastDay(each.voidTo)],
    ]);
  },
};

const CREDITS = ({ courses }: PackScope, ids: readonly string[]) => sql`select
    ${columns(Credit, 'c', 'id', 'membershipId', 'courseSlug', 'version', 'completedOn', 'source', 'sourceId', 'recordedAt')},
    ${orNull(renamed(CreditVoid, 'v', { because: 'because', voidFrom: 'fromDay', voidTo: 'toDay' }))}
  from ${Credit} c left join ${CreditVoid} v on v.credit_id = c.id
    and v.recorded_at <= $2 and (v.retired_at is null or v.retired_at > $2)
  where c.completed_on <= $1 and c.recorded_at <= $2 and c.membership_id in (${parameters(ids.length, 3)})
    and c.course_slug in (${parameters(courses.length, ids.length + 3)})
  order by c.membership_id, c.completed_on, c.id, v.from_day`;
