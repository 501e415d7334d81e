import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import type { CycleFacts } from '../../learning/enrolments.js';

/** How many attempts at a quiz were granted beyond its limit, in one round. */
export async function grantedAttempts(cycleId: string, quiz: string): Promise<number> {
  const found = await row<{ n: number }>(
    'select count(*) as n from attempt_grants where cycle_id = $1 and quiz = $2',
    [cycleId, quiz],
  );
  return Number(found?.n ?? 0);
}

/**
 * Grant one attempt more. `number` counts the grants and comes from the page: the same form sent twice is one.
 * Returns whether this call granted it.
 */
export function grantAttempt(
  cycle: Pick<CycleFacts, 'id' | 'userId' | 'organisationId'>,
  { quiz, number }: { quiz: string; number: number },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  const { organisationId, userId } = cycle;
  return inTransaction(async () => {
    const [made] = await rows(
      `insert into attempt_grants (cycle_id, organisation_id, quiz, number, actor_id, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning number`,
      [cycle.id, organisationId, quiz, number, actorId, now],
    );
    if (!made) return false;
    const payload = { cycleId: cycle.id, quiz, userId, number };
    await record('attempt.granted', payload, { actorId, organisationId, now });
    return true;
  });
}
