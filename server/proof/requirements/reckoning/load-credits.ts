import { Certificate } from '../../certificates/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import { Credit, CreditVoid } from '../../../teaching/learning/credits/tables.js';
import type { CreditFacts } from '../requirement-facts.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';

/**
 * The credits of these memberships for some courses, or for all, whatever was said of them. `timeZone`: of the organisation, in
 * whose days a certificate ends.
 */
export async function loadCredits(
  membershipIds: readonly string[],
  timeZone: string,
  courses?: readonly string[],
): Promise<Map<string, CreditFacts[]>> {
  const params = [...membershipIds, ...(courses ?? [])];
  const some = courses
    ? sql`and c.course_slug in (${parameters(courses.length, membershipIds.length + 1)})`
    : sql``;
  const these = sql`c.membership_id in (${parameters(membershipIds.length)}) ${some}`;
  const credits = await rows(
    sql`select ${columns(Credit, 'c', 'id', 'membershipId', 'courseSlug', 'version', 'completedOn', 'lastDay')},
          ${columns(Credit, 'c', 'source', 'sourceId', 'recordedAt')}
        from ${Credit} c where ${these}`,
    params,
  );
  if (credits.length === 0) return new Map();
  const voids = await rows(
    sql`select ${columns(CreditVoid, 'v', 'id', 'creditId', 'because', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
        from ${CreditVoid} v join ${Credit} c on c.id = v.credit_id where ${these}`,
    params,
  );
  const printed = await rows(
    sql`select ${columns(Certificate, 'p', 'cycleId', 'validUntil', 'createdAt', 'supersededAt')}
        from ${Certificate} p join ${Credit} c on c.source_id = p.cycle_id where ${these}`,
    params,
  );
  const [voidsOf, printedOf] = [groupedBy(voids, 'creditId'), groupedBy(printed, 'cycleId')];
  const facts = credits.map(
    ({ courseSlug, source, sourceId, lastDay, ...credit }): CreditFacts & { membershipId: string } => ({
      ...credit,
      course: courseSlug,
      printedEnds:
        source === 'cycle'
          ? (printedOf.get(sourceId) ?? []).map(({ validUntil, createdAt, supersededAt }) => ({
              lastDay: validUntil === null ? null : dayOf(validUntil, timeZone),
              ...{ recordedAt: createdAt, retiredAt: supersededAt },
            }))
          : [{ lastDay, recordedAt: credit.recordedAt, retiredAt: null }],
      voids: (voidsOf.get(credit.id) ?? []).map(({ creditId: _, because, ...each }) => ({
        ...each,
        value: because,
      })),
    }),
  );
  return groupedBy(facts, 'membershipId');
}
