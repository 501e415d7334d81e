import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';

/**
 * Days before the end of a certificate on which its holder is reminded. Most courses can be renewed from 60 days before
 * the end: the first mail says from when, the others ask for what can be done that day.
 */
const REMINDER_DAYS = [90, 60, 30, 7, 1] as const;

const DAY = 86_400_000;

/** Certificates that are told of in one transaction. */
const BATCH = 100;

/**
 * Whose holders may be reminded: the certificate stands and its round was not renewed; the account works, the
 * membership goes on, and nobody said no. `c` is the certificate, `y` its round.
 */
const WELCOME = `c.superseded_at is null and c.issued_at is not null
  and not exists (select 1 from revocations r where r.certificate_id = c.id)
  and not exists (select 1 from suspensions s where s.certificate_id = c.id)
  and not exists (select 1 from cycles n where n.enrolment_id = y.enrolment_id and n.number > y.number
    and n.completed_at is not null)
  and exists (select 1 from users u where u.id = c.user_id and u.disabled_at is null)
  and exists (select 1 from memberships m where m.user_id = c.user_id and m.organisation_id = c.organisation_id
    and m.ended_at is null)
  and not exists (select 1 from mail_choices o where o.mail = 'reminders' and o.user_id = c.user_id
    and o.organisation_id = c.organisation_id and o.turned_off_at is not null)`;

/**
 * Tell of every certificate that has come within so many days of its end, once for each stage. After a time without the
 * worker only the nearest stage is told of; one that was shorter than a stage from the beginning has none. Returns how
 * many were told of.
 */
export async function announceRenewals(now: number): Promise<number> {
  let announced = 0;
  for (const [at, days] of REMINDER_DAYS.entries()) {
    const span = { days, from: now + (REMINDER_DAYS[at + 1] ?? 0) * DAY, until: now + days * DAY };
    for (let count = BATCH; count === BATCH; announced += count) count = await announceBatch(span, now);
  }
  return announced;
}

function announceBatch(
  { days, from, until }: { days: number; from: number; until: number },
  now: number,
): Promise<number> {
  return inTransaction(async () => {
    const due = await rows<{ id: string; cycleId: string; userId: string; organisationId: string }>(
      `select c.id, c.cycle_id as "cycleId", c.user_id as "userId", c.organisation_id as "organisationId"
       from certificates c join cycles y on y.id = c.cycle_id
       where c.valid_until > $1 and c.valid_until <= $2 and c.awarded_at < c.valid_until - $3 and ${WELCOME}
         and not exists (select 1 from renewal_reminders t where t.cycle_id = c.cycle_id and t.days = $4)
       order by c.valid_until, c.id limit ${BATCH}`,
      [from, until, days * DAY, days],
    );
    for (const { id, cycleId, userId, organisationId } of due) {
      const [first] = await rows(
        `insert into renewal_reminders (cycle_id, days, organisation_id, reminded_at) values ($1, $2, $3, $4)
         on conflict do nothing returning cycle_id`,
        [cycleId, days, organisationId, now],
      );
      if (!first) continue;
      const payload = { cycleId, certificateId: id, userId, days };
      await record('renewal.due', payload, { actorId: null, organisationId, now });
    }
    return due.length;
  });
}

/** Whether a reminder is still wanted just before it is sent: not once renewed, ended, ruled on or turned off. */
export const isReminderWanted = async (certificateId: string, now: number): Promise<boolean> =>
  (await row(
    `select 1 as wanted from certificates c join cycles y on y.id = c.cycle_id
     where c.id = $1 and c.valid_until > $2 and ${WELCOME}`,
    [certificateId, now],
  )) !== null;
