import { insertAllOnce } from '../../../platform/db/rows.js';
import type { Row } from '../../../platform/db/table.js';
import { newId } from '../../../platform/lib/ids.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { mailReach } from '../../requirements/mail-reach.js';
import type { DueReminder } from './due-reminders.js';
import { countMailed } from './mail-counts.js';
import { DutyReminder } from './tables.js';

/** What came of a reminder. */
export type ReminderOutcome = Row<typeof DutyReminder>['outcome'];

/** Reminders of one stage that are recorded together. */
interface Storing {
  readonly organisationId: string;
  readonly day: string;
  readonly now: number;
  /** As it is stored (`stages.ts`). */
  readonly stage: string;
  /** The stages before it that did not go out, or have rows of their own already. */
  readonly overtaken?: readonly string[];
}

/**
 * Record reminders, once each, with how they reach their people or why they do not. In the transaction in which the organisation is held.
 * Returns how many duties the mails are about.
 */
export async function storeReminders(
  due: readonly DueReminder[],
  { organisationId, day, now, stage, overtaken = [] }: Storing,
): Promise<number> {
  const reach = await mailReach([...new Set(due.map(({ membershipId }) => membershipId))]);
  const outcomeOf = ({ membershipId }: DueReminder): ReminderOutcome => {
    const reached = reach.get(membershipId) ?? 'no-address';
    return reached === 'reminded' || reached === 'invited' ? 'due' : reached;
  };
  const of = { organisationId, day };
  for (const before of overtaken) await store(due, { ...of, now, stage: before, outcome: 'overtaken' });
  let mailed = 0;
  for (const outcome of new Set(due.map(outcomeOf))) {
    const part = due.filter(each => outcomeOf(each) === outcome);
    const stored = await store(part, { ...of, now, stage, outcome });
    if (outcome === 'due') mailed += stored;
  }
  return mailed;
}

async function store(
  due: readonly DueReminder[],
  { now, ...of }: Omit<Storing, 'overtaken'> & { readonly outcome: ReminderOutcome },
): Promise<number> {
  let duties = 0;
  const reminders = due.map(each => ({ id: newId(), ...of, ...each, recordedAt: now }));
  for (const part of chunks(reminders, 20)) duties += await insertAllOnce(DutyReminder, part);
  await countMailed({ ...of, duties });
  return duties;
}
