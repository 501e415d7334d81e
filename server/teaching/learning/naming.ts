import { insert, row } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../platform/events/record.js';
import { isGivenName, keepCertificateName } from '../../people/organisations/people/given-names.js';
import { holdCycle, type CycleFacts } from './enrolments.js';
import { ConfirmedName } from './tables.js';

/** The name that counts for the certificate of a cycle, or null while none is confirmed. */
export const confirmedName = (
  cycleId: string,
): Promise<Pick<Row<typeof ConfirmedName>, 'number' | 'name' | 'confirmedAt' | 'assurance'> | null> =>
  row(
    sql`select ${columns(ConfirmedName, 'n', 'number', 'name', 'confirmedAt', 'assurance')} from ${ConfirmedName} n
        where cycle_id = $1 order by number desc limit 1`,
    [cycleId],
  );

/**
 * The learner says that this name is to stand on the certificate. Who vouches for it is found out now, and signed as it was found:
 * `isApproved` says that somebody with the right has approved the name before. Earlier ones stay as rows; the same name again, with the
 * same answer, adds none. Throws Conflict once the cycle is complete: from then on a name is corrected, and both certificates are kept.
 */
export function confirmName(
  { id }: Pick<CycleFacts, 'id'>,
  name: string,
  now: number,
  isApproved = false,
): Promise<void> {
  return inTransaction(async () => {
    const cycle = await holdCycle(id);
    if (!cycle || cycle.completedAt !== null) throw new Conflict('The name on this certificate is fixed');
    const { organisationId, userId } = cycle;
    const assurance = (await isGivenName(cycle, name)) ? 'listed' : isApproved ? 'approved' : 'holder';
    const before = await confirmedName(id);
    if (before?.name === name && before.assurance === assurance) return;
    const number = (before?.number ?? 0) + 1;
    await insert(ConfirmedName, {
      ...{ cycleId: id, number, organisationId, userId, name, confirmedAt: now },
      assurance,
    });
    await keepCertificateName(cycle, name, now);
    await record(
      'certificate-name.confirmed',
      { cycleId: id, userId },
      { actorId: userId, organisationId, now },
    );
  });
}
