import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { RemediationPractice } from '../tables.js';

const DONE = sql`select ${columns(RemediationPractice, 'r', 'rule')} from ${RemediationPractice} r where r.attempt_id = $1`;

/** The safety rules that the learner practised after an attempt. */
export async function practisedRules(attemptId: string): Promise<ReadonlySet<string>> {
  const done = await rows(DONE, [attemptId]);
  return new Set(done.map(({ rule }) => rule));
}

/** Record that a rule was practised: its question was answered correctly. The first time counts; later ones change nothing. */
export function finishRemediation(
  attempt: { id: string; cycleId: string; organisationId: string; userId: string },
  { rule, itemId }: { rule: string; itemId: string },
  now: number,
): Promise<void> {
  const { organisationId, userId, cycleId } = attempt;
  return inTransaction(async () => {
    const attemptId = attempt.id;
    if (!(await insertOnce(RemediationPractice, { attemptId, organisationId, rule, itemId, doneAt: now })))
      return;
    const payload = { attemptId, cycleId, rule };
    await record('remediation.finished', payload, { actorId: userId, organisationId, now });
  });
}
