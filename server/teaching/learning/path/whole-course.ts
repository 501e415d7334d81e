import { row } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { holdCycle, type CycleFacts } from '../enrolments.js';
import { Cycle } from '../tables.js';

const TAKE_WHOLE = sql`update ${Cycle} set path = 'whole'
  where id = $1 and path = 'renewal' and completed_at is null and left_at is null returning id`;

/**
 * Take the whole course in place of its shorter path: what was read stays read, and each module asks its own questions. Twice is
 * once; a cycle that is complete or was left stays as it is.
 */
export function takeWholeCourse(
  { id: cycleId, userId, organisationId }: CycleFacts,
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    await holdCycle(cycleId);
    if (!(await row(TAKE_WHOLE, [cycleId]))) return;
    await record('course.taken-whole', { userId, cycleId }, { actorId: userId, organisationId, now });
  });
}
