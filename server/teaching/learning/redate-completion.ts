import { rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { record } from '../../platform/events/record.js';
import { dayOf } from '../../platform/lib/days.js';
import { Credit } from './credits/tables.js';
import type { CycleFacts } from './enrolments.js';
import { Cycle } from './tables.js';

const REDATE_CREDITS = sql`update ${Credit} set completed_on = $2
  where source = 'cycle' and source_id = $1 and completed_on > $2
  returning ${columns(Credit, Credit.table, 'id', 'membershipId')}`;

/**
 * A cycle was completed at another time (epoch ms) than a wrong clock wrote down: the cycle and its credits say so, and the log keeps both
 * times. Joins the transaction that holds the cycle.
 */
export async function redateCompletion(
  { id: cycleId, userId, organisationId, completedAt, timeZone }: CycleFacts,
  to: number,
  now: number,
): Promise<void> {
  const by = { actorId: null, organisationId, now };
  await rows(sql`update ${Cycle} set completed_at = $2 where id = $1`, [cycleId, to]);
  // Whoever reckons standings reads the event of a credit.
  for (const { id: creditId, membershipId } of await rows(REDATE_CREDITS, [cycleId, dayOf(to, timeZone)]))
    await record('credit.recorded', { creditId, membershipId }, by);
  await record('course.completion-redated', { cycleId, userId, from: Number(completedAt), to }, by);
}
