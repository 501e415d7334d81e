import { insertOnce, row } from '../../db/rows.js';
import { as, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { AttemptGrant } from '../tables.js';

const GRANTED = sql`select count(*) ${as('count', integer())} from ${AttemptGrant} where cycle_id = $1 and quiz = $2`;

/** How many attempts at a quiz were granted beyond its limit, in one cycle. */
export async function grantedAttempts(cycleId: string, quiz: string): Promise<number> {
  const found = await row(GRANTED, [cycleId, quiz]);
  return Number(found?.count ?? 0);
}

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
