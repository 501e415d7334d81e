import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import { ContentApproval } from '../../rules/tables.js';
import { inPeriod } from './in-period.js';
import type { ShortTable } from './pack-tables.js';
import { inUtc, lastDay } from './standing-tables.js';

/** Which authority approved which version of a course under which number, in the period. */
export const approvalTable: ShortTable = {
  path: 'approvals.csv',
  columns: ['rule', 'authority', 'number', 'course', 'version', 'from', 'to', 'recorded_at'],
  async records({ courses, period, organisation }) {
    if (courses.length === 0) return [];
    const { condition, params } = inPeriod(sql`a`, period);
    const found = await rows(
      sql`select ${columns(ContentApproval, 'a', 'ruleId', 'authority', 'number', 'courseSlug', 'version', 'fromDay', 'toDay', 'recordedAt')}
          from ${ContentApproval} a where ${condition} and a.organisation_id = $${params.length + 1}
            and a.course_slug in (${parameters(courses.length, params.length + 2)})
          order by a.course_slug, a.version, a.from_day, a.id`,
      [...params, organisation.id, ...courses],
    );
    return found.map(each => [
      ...[each.ruleId, each.authority, each.number, each.courseSlug, each.version],
      ...[each.fromDay, lastDay(each.toDay), inUtc(each.recordedAt)],
    ]);
  },
};
