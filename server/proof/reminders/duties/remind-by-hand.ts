import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';
import { BATCH, type DueReminder } from './due-reminders.js';
import { lastGoneThrough } from './planned-reminders.js';
import { putOffUntil } from './put-off.js';
import { announceAll } from './remind.js';
import { nudgeStage } from './stages.js';
import { storeReminders } from './store-reminders.js';
import { DutyReminder } from './tables.js';

/** Who reminds people by hand, and when (epoch ms). */
export interface NudgedBy {
  readonly organisation: OrganisationFacts;
  readonly actorId: string;
  readonly now: number;
}

/**
 * Remind people by hand of what they are overdue with. Nobody gets a second mail that day: whoever was reminded of anything
 * since midnight is left out, and before the morning's mail has gone out it is all one mail. It waits, as all mails do, while a
 * change of a requirement can be undone unheard. Returns how many people are reminded. Throws `TrainingPaused`.
 */
export async function remindByHand(due: readonly DueReminder[], by: NudgedBy): Promise<number> {
  const { organisation, now } = by;
  await requireRunning(organisation.id, 'change');
  const day = dayOf(now, organisation.timeZone);
  let people = 0;
  for (const part of chunks([...groupedBy(due, 'membershipId').values()], BATCH))
    people += await inTransaction(() => storeNudges(part, { ...by, day }));
  const isMorningOver = (await lastGoneThrough(organisation.id))?.day === day;
  if (isMorningOver && (await putOffUntil(organisation.id, now)) === null)
    await announceAll(organisation.id, day, now);
  return people;
}

/** Two at one moment take turns. The event carries counts: who was reminded stands in the reminders. */
async function storeNudges(
  due: readonly (readonly DueReminder[])[],
  { organisation, actorId, now, day }: NudgedBy & { readonly day: string },
): Promise<number> {
  await holdOrganisation(organisation.id);
  const told = await remindedOn(
    day,
    due.flatMap(([first]) => first?.membershipId ?? []),
  );
  const left = due.filter(([first]) => first && !told.has(first.membershipId));
  if (left.length === 0) return 0;
  const duties = left.flat();
  await storeReminders(duties, { organisationId: organisation.id, day, now, stage: nudgeStage(day) });
  const counts = { day, people: left.length, duties: duties.length };
  await record('duties.nudged', counts, { actorId, organisationId: organisation.id, now });
  return left.length;
}

/** Those of these people who were reminded of something on a day. */
async function remindedOn(day: string, membershipIds: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    sql`select distinct ${columns(DutyReminder, 'r', 'membershipId')} from ${DutyReminder} r
        where r.day = $1 and r.outcome = 'due' and r.membership_id in (${parameters(membershipIds.length, 2)})`,
    [day, ...membershipIds],
  );
  return new Set(found.map(({ membershipId }) => membershipId));
}
