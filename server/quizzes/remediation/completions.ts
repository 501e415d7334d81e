import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';

/** The never-rules that were worked through after an attempt. */
export async function workedThrough(attemptId: string): Promise<ReadonlySet<string>> {
  const done = await rows<{ rule: string }>('select rule from remediations where attempt_id = $1', [
    attemptId,
  ]);
  return new Set(done.map(({ rule }) => rule));
}

/** A rule was worked through: its question was answered rightly. The first time counts; later ones change nothing. */
export function finishRemediation(
  attempt: { id: string; cycleId: string; organisationId: string; userId: string },
  { rule, itemId }: { rule: string; itemId: string },
  now: number,
): Promise<void> {
  const { organisationId, userId, cycleId } = attempt;
  return inTransaction(async () => {
    const [first] = await rows(
      `insert into remediations (attempt_id, organisation_id, rule, item_id, done_at) values ($1, $2, $3, $4, $5)
       on conflict (attempt_id, rule) do nothing returning rule`,
      [attempt.id, organisationId, rule, itemId, now],
    );
    if (!first) return;
    const payload = { attemptId: attempt.id, cycleId, rule };
    await record('remediation.finished', payload, { actorId: userId, organisationId, now });
  });
}
