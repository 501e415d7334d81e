import { User } from '../../people/accounts/tables.js';
import { courseVersion } from '../courses/catalogue.js';
import { row, rows } from '../../platform/db/rows.js';
import { as, columns, sql } from '../../platform/db/sql.js';
import { moment } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { untilDone } from '../../platform/lib/lists/until-done.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { Cycle } from '../learning/tables.js';
import { MailChoice, Membership } from '../../people/organisations/tables.js';
import { readResult } from '../quizzes/item-analysis/stored-result.js';
import { Attempt } from '../quizzes/tables.js';
import { DAY, isRefresherOpen, REFRESHER_DAYS, REFRESHER_OPEN } from './kinds.js';
import { addMeasurements, measurementsOf } from './measurements.js';
import { missedObjectives, moduleItems } from './module-items.js';
import { drawRefreshers } from './refresher-forms.js';
import { Measurement } from './tables.js';

/** A refresher whose mail is to go out now. */
export interface DueRefresher {
  readonly id: string;
  readonly userId: string;
  readonly organisationId: string;
  /** When its link stops working (epoch ms). */
  readonly until: number;
}

/** Draw the three refreshers of a completed course and set their days. Twice is once. */
export async function planRefreshers(cycleId: string): Promise<void> {
  const cycle = await findCycle(cycleId);
  if (cycle?.completedAt == null) return;
  const { completedAt } = cycle;
  const forms = await drawFor(cycle);
  const planned = REFRESHER_DAYS.map((day, at) => ({
    kind: `refresher-${day}` as const,
    form: forms[at] ?? [],
    dueAt: completedAt + day * DAY,
  }));
  await inTransaction(() =>
    addMeasurements(
      cycle,
      planned.filter(({ form }) => form.length > 0),
    ),
  );
}

const SUBMITTED = sql`select ${columns(Attempt, 'a', 'quiz', 'result')} from ${Attempt} a
  where a.cycle_id = $1 and a.submitted_at is not null`;

async function drawFor(cycle: CycleFacts) {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const attempts = await rows(SUBMITTED, [cycle.id]);
  const graded = attempts.map(({ quiz, result }) => ({ quiz, slots: readResult(result) ?? [] }));
  const before = await measurementsOf(cycle.id);
  return drawRefreshers(moduleItems(snapshot), {
    missed: missedObjectives(snapshot, graded),
    seen: new Set(before.flatMap(({ form }) => form.map(({ itemId }) => itemId))),
    seed: `${cycle.id}:refreshers`,
  });
}

/**
 * Who may be sent a refresher: nobody whose account is blocked, whose membership or cycle has ended, or who turned
 * refreshers off. `m` is the measurement, `u` the person.
 */
const MAY_BE_MAILED = sql`u.disabled_at is null
  and exists (select 1 from ${Cycle} c where c.id = m.cycle_id and c.completed_at is not null)
  and exists (select 1 from ${Membership} s where s.user_id = m.user_id and s.organisation_id = m.organisation_id
    and s.employment <> 'left')
  and not exists (select 1 from ${MailChoice} r where r.mail = 'refreshers' and r.user_id = m.user_id
    and r.organisation_id = m.organisation_id and r.turned_off_at is not null)`;

/** How many refreshers are announced in one transaction. */
const BATCH = 100;

/** Announce every refresher that has become due, once: the event has its mail sent. Returns how many. */
export const announceDue = (now: number): Promise<number> => untilDone(BATCH, () => announceBatch(now));

/** $1: now (ms); $2: refreshers that were due up to then are too old. */
const ANNOUNCE = sql`update ${Measurement} set announced_at = $1
  where announced_at is null and id in (
    select m.id from ${Measurement} m join ${User} u on u.id = m.user_id
    where m.announced_at is null and m.due_at <= $1 and m.due_at > $2 and ${MAY_BE_MAILED}
    order by m.due_at limit ${BATCH})
  returning ${columns(Measurement, 'measurements', 'id', 'userId', 'organisationId')}`;

function announceBatch(now: number): Promise<number> {
  return inTransaction(async () => {
    const due = await rows(ANNOUNCE, [now, now - REFRESHER_OPEN]);
    for (const { id, userId, organisationId } of due) {
      await record('refresher.due', { measurementId: id, userId }, { actorId: null, organisationId, now });
    }
    return due.length;
  });
}

const TO_MAIL = sql`select ${columns(Measurement, 'm', 'id', 'userId', 'organisationId')}, m.due_at ${as('dueAt', moment())}
  from ${Measurement} m join ${User} u on u.id = m.user_id where m.id = $1 and ${MAY_BE_MAILED}`;

/** What the mail of a refresher needs, read again just before it is sent; null when it is unwanted or too late by now. */
export async function refresherToMail(measurementId: string, now: number): Promise<DueRefresher | null> {
  const due = await row(TO_MAIL, [measurementId]);
  if (!due || !isRefresherOpen(due.dueAt, now)) return null;
  const { dueAt, ...mail } = due;
  return { ...mail, until: dueAt + REFRESHER_OPEN };
}

const WORKING = sql`select 1 as found from ${User} where id = $1 and disabled_at is null`;

/** Whether the person behind a mailed link still has an account that works. */
export const hasWorkingAccount = async (userId: string): Promise<boolean> =>
  (await row(WORKING, [userId])) !== null;
