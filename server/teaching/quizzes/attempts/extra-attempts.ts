import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { AttemptGrant } from '../tables.js';

const GRANTED = sql`select ${columns(AttemptGrant, 'g', 'createdAt')} from ${AttemptGrant} g
  where g.cycle_id = $1 and g.quiz = $2 order by g.number`;

/** When attempts at a quiz were granted beyond its limit in one cycle (epoch ms), one time for each, oldest first. */
export const attemptGrants = async (cycleId: string, quiz: string): Promise<number[]> =>
  (await rows(GRANTED, [cycleId, quiz])).map(({ createdAt }) => createdAt);

/**
 * Grant one more attempt. `number` counts the grants and comes from the page: the same form sent twice grants one.
 * Returns whether this call granted it.
 */
export function grantAttempt(
  cycle: Pick<CycleFacts, 'id' | 'userId' | 'organisationId'>,
  { quiz, number }: { quiz: string; number: number },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  const { organisationId, userId } = cycle;
  return inTransaction(async () => {
    const grant = { cycleId: cycle.id, organisationId, quiz, number, actorId, createdAt: now };
    if (!(await insertOnce(AttemptGrant, grant))) return false;
    const payload = { cycleId: cycle.id, quiz, userId, number };
    await record('attempt.granted', payload, { actorId, organisationId, now });
    return true;
  });
}
