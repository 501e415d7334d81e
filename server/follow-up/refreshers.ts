import { courseVersion } from '../courses/catalogue.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { readResult } from '../quizzes/item-analysis/stored-result.js';
import { bankOf, missedObjectives } from './bank.js';
import { DAY, isOpenAt, REFRESHER_DAYS, REFRESHER_OPEN } from './kinds.js';
import { keep, measurementsOf } from './measurements.js';
import { drawRefreshers } from './refresher-forms.js';

/** A refresher whose mail is to go out now. */
export interface DueRefresher {
  readonly id: string;
  readonly userId: string;
  /** When its link stops working. */
  readonly until: number;
}

/** A course was completed: draw and plan its three refreshers. Twice is once. */
export function planRefreshers(cycleId: string): Promise<void> {
  return inTransaction(async () => {
    const cycle = await findCycle(cycleId);
    if (cycle?.completedAt == null) return;
    const completedAt = Number(cycle.completedAt);
    const forms = await drawFor(cycle);
    for (const [at, day] of REFRESHER_DAYS.entries()) {
      const form = forms[at] ?? [];
      if (form.length === 0) continue;
      await keep(cycle, { kind: `refresher-${day}`, form, dueAt: completedAt + day * DAY });
    }
  });
}

async function drawFor(cycle: CycleFacts) {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const attempts = await rows<{ quiz: string; result: string | null }>(
    'select quiz, result from attempts where cycle_id = $1 and submitted_at is not null',
    [cycle.id],
  );
  const handed = attempts.map(({ quiz, result }) => ({ quiz, slots: readResult(result) ?? [] }));
  const before = await measurementsOf(cycle.id);
  return drawRefreshers(bankOf(snapshot), {
    missed: missedObjectives(snapshot, handed),
    seen: new Set(before.flatMap(({ form }) => form.map(({ itemId }) => itemId))),
    seed: `${cycle.id}:refreshers`,
  });
}

/**
 * Who may be written to: not a disabled account, not one whose membership or round is over, not one that said no.
 * `m` is the measurement, `u` the person.
 */
const WELCOME = `u.disabled_at is null
  and exists (select 1 from cycles c where c.id = m.cycle_id and c.completed_at is not null)
  and exists (select 1 from memberships s where s.user_id = m.user_id and s.organisation_id = m.organisation_id
    and s.ended_at is null)
  and not exists (select 1 from mail_choices r where r.mail = 'refreshers' and r.user_id = m.user_id
    and r.organisation_id = m.organisation_id and r.turned_off_at is not null)`;

/** Refreshers that are announced in one transaction. */
const BATCH = 100;

/** Tell of every refresher that has become due, once: its mail follows from the news. Returns how many. */
export async function announceDue(now: number): Promise<number> {
  let announced = 0;
  for (;;) {
    const count = await announceBatch(now);
    announced += count;
    if (count < BATCH) return announced;
  }
}

function announceBatch(now: number): Promise<number> {
  return inTransaction(async () => {
    const due = await rows<{ id: string; userId: string; organisationId: string }>(
      `update measurements set announced_at = $1
       where announced_at is null and id in (
         select m.id from measurements m join users u on u.id = m.user_id
         where m.announced_at is null and m.due_at <= $1 and m.due_at > $2 and ${WELCOME}
         order by m.due_at limit ${BATCH})
       returning id, user_id as "userId", organisation_id as "organisationId"`,
      [now, now - REFRESHER_OPEN],
    );
    for (const { id, userId, organisationId } of due) {
      await record('refresher.due', { measurementId: id, userId }, { actorId: null, organisationId, now });
    }
    return due.length;
  });
}

/** What a mail needs, asked again just before it is sent; null when it is not wanted, or too late, by now. */
export async function refresherToMail(measurementId: string, now: number): Promise<DueRefresher | null> {
  const due = await row<{ id: string; userId: string; dueAt: number }>(
    `select m.id, m.user_id as "userId", m.due_at as "dueAt"
     from measurements m join users u on u.id = m.user_id where m.id = $1 and ${WELCOME}`,
    [measurementId],
  );
  if (!due || !isOpenAt(Number(due.dueAt), now)) return null;
  return { id: due.id, userId: due.userId, until: Number(due.dueAt) + REFRESHER_OPEN };
}

/** Whether the person behind a mailed link still has an account that works. */
export const mayAnswer = async (userId: string): Promise<boolean> =>
  (await row('select 1 as found from users where id = $1 and disabled_at is null', [userId])) !== null;
