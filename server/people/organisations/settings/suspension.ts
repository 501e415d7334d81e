import { row, rows } from '../../../platform/db/rows.js';
import { columns, notNull, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { TrainingPaused } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { Organisation } from '../tables.js';
import { goesOn, type Undertaking } from './pausing.js';
import type { KeptBy } from './profile.js';

const SUSPEND = sql`update ${Organisation} set suspended_at = $1
  where id = $2 and suspended_at is null and kind = 'customer' returning id`;
const REOPEN = sql`update ${Organisation} set suspended_at = null
  where id = $1 and suspended_at is not null returning id`;

/**
 * Pause an organisation's training. Returns whether it ran until now; the open organisation always does, since people
 * who sign up alone belong to it.
 */
export function suspendOrganisation(id: string, { actorId, now }: KeptBy): Promise<boolean> {
  return inTransaction(async () => {
    if (!(await row(SUSPEND, [now, id]))) return false;
    await record('organisation.suspended', {}, { actorId, organisationId: id, now });
    return true;
  });
}

/** Let an organisation's training go on. Returns whether it was paused. */
export function reopenOrganisation(id: string, { actorId, now }: KeptBy): Promise<boolean> {
  return inTransaction(async () => {
    if (!(await row(REOPEN, [id]))) return false;
    await record('organisation.reopened', {}, { actorId, organisationId: id, now });
    return true;
  });
}

/** Those of these organisations whose training is paused, by name, and whom to write to (null: nobody was named). */
export async function pausedAmong(ids: readonly string[]) {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  return rows(
    sql`select ${columns(Organisation, 'o', 'name', 'contact')}, ${notNull(columns(Organisation, 'o', 'suspendedAt'))}
        from ${Organisation} o where o.suspended_at is not null and o.id in (${parameters(unique.length)}) order by o.name`,
    unique,
  );
}

/** An organisation whose training is paused, for views/people/organisations/_paused.ejs. */
export const pausedValues = ({ name, contact }: { name: string; contact: string | null }) => ({
  organisation: name,
  contact,
});

/** Guards a verb: throws `TrainingPaused` where the organisation's training is paused and `what` has to wait. */
export async function requireRunning(organisationId: string, what: Undertaking): Promise<void> {
  const [paused] = await pausedAmong([organisationId]);
  if (paused && !goesOn(what, paused)) throw new TrainingPaused(paused.contact);
}
