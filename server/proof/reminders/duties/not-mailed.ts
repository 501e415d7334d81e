import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import type { AnnouncedMail } from './duty-mail.js';
import { countMailed } from './mail-counts.js';
import type { ReminderOutcome } from './store-reminders.js';
import { DutyReminder } from './tables.js';

const MOVE = sql`update ${DutyReminder} set outcome = $3
  where membership_id = $1 and announced_at <= $2 and mailed_at is null and outcome = 'due'
  returning ${columns(DutyReminder, DutyReminder.table, 'day', 'stage')}`;

/**
 * Keep why the mail of somebody without an account did not go out after all, with everything that waited before it. `member`: they have
 * joined or left meanwhile, and nothing is kept. Twice is once.
 */
export async function notMailed(
  { membershipId, announcedAt, organisationId }: AnnouncedMail & { readonly organisationId: string },
  outcome: ReminderOutcome | 'member',
): Promise<void> {
  if (outcome === 'member') return;
  await inTransaction(async () => {
    await holdOrganisation(organisationId);
    for (const moved of await rows(MOVE, [membershipId, announcedAt, outcome])) {
      await countMailed({ organisationId, ...moved, outcome: 'due', duties: -1 });
      await countMailed({ organisationId, ...moved, outcome, duties: 1 });
    }
  });
}
