import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { record } from '../events/record.js';
import { findCycle, type CycleFacts } from './enrolments.js';
import { holdRound } from './withdrawals.js';

/** The name that a learner confirmed for the certificate of a round, and when (epoch ms). */
export interface ConfirmedName {
  readonly number: number;
  readonly name: string;
  readonly confirmedAt: number;
}

/** The name that counts for a round, or null while none is confirmed. */
export const confirmedName = (cycleId: string): Promise<ConfirmedName | null> =>
  row<ConfirmedName>(
    `select number, name, confirmed_at as "confirmedAt" from confirmed_names where cycle_id = $1
     order by number desc limit 1`,
    [cycleId],
  );

/**
 * The learner says that this name is to stand on the certificate. Earlier ones stay as rows; the same name again adds
 * none. Throws Conflict once the round is complete: from then on a name is corrected, and both certificates are kept.
 */
export function confirmName({ id }: Pick<CycleFacts, 'id'>, name: string, now: number): Promise<void> {
  return inTransaction(async () => {
    await holdRound(id);
    const cycle = await findCycle(id);
    if (!cycle || cycle.completedAt !== null) throw new Conflict('The name on this certificate is fixed');
    const before = await confirmedName(id);
    if (before?.name === name) return;
    const { organisationId, userId } = cycle;
    await rows(
      `insert into confirmed_names (cycle_id, number, organisation_id, user_id, name, confirmed_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, (before?.number ?? 0) + 1, organisationId, userId, name, now],
    );
    await record(
      'certificate-name.confirmed',
      { cycleId: id, userId },
      { actorId: userId, organisationId, now },
    );
  });
}
