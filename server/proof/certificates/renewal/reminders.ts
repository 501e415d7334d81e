import { User } from '../../../people/accounts/tables.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { MailChoice, Membership } from '../../../people/organisations/tables.js';
import { Certificate, Revocation, Suspension } from '../tables.js';
import { RenewalReminder } from './tables.js';

/**
 * Days before a certificate expires on which its holder is reminded. Most courses can be renewed from 60 days before the
 * expiry: the first mail says from when, the others ask for what can be done on that day.
 */
const REMINDER_DAYS = [90, 60, 30, 7, 1] as const;

const DAY = 86_400_000;

/** Reminders recorded in one transaction. */
const BATCH = 100;

/**
 * Certificates whose holders may be reminded: the certificate is current and its cycle was not renewed; the account works,
 * the membership goes on, and the person did not turn reminders off. `c` is the certificate, `y` its cycle.
 */
const MAY_REMIND = sql`c.superseded_at is null and c.issued_at is not null
  and not exists (select 1 from ${Revocation} r where r.certificate_id = c.id)
  and not exists (select 1 from ${Suspension} s where s.certificate_id = c.id)
  and not exists (select 1 from ${Cycle} n where n.enrolment_id = y.enrolment_id and n.number > y.number
    and n.completed_at is not null)
  and exists (select 1 from ${User} u where u.id = c.user_id and u.disabled_at is null)
  and exists (select 1 from ${Membership} m where m.user_id = c.user_id and m.organisation_id = c.organisation_id
    and m.employment <> 'left')
  and not exists (select 1 from ${MailChoice} o where o.mail = 'reminders' and o.user_id = c.user_id
    and o.organisation_id = c.organisation_id and o.turned_off_at is not null)`;

/**
 * Record `renewal.due` for every certificate that has come within so many days of its expiry, once for each stage. After
 * a time without the worker only the nearest stage is recorded; a stage longer than the whole validity is left out.
 * Returns how many were recorded.
 */
export async function announceRenewals(now: number): Promise<number> {
  let announced = 0;
  for (const [at, days] of REMINDER_DAYS.entries()) {
    const span = { days, from: now + (REMINDER_DAYS[at + 1] ?? 0) * DAY, until: now + days * DAY };
    for (let count = BATCH; count === BATCH; announced += count) count = await announceBatch(span, now);
  }
  return announced;
}

const DUE = sql`select ${renamed(Certificate, 'c', {
  certificateId: 'id',
  cycleId: 'cycleId',
  userId: 'userId',
  organisationId: 'organisationId',
})} from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
  where c.valid_until > $1 and c.valid_until <= $2 and c.awarded_at < c.valid_until - $3 and ${MAY_REMIND}
    and not exists (select 1 from ${RenewalReminder} t where t.cycle_id = c.cycle_id and t.days = $4)
  order by c.valid_until, c.id limit ${BATCH}`;

function announceBatch(
  { days, from, until }: { days: number; from: number; until: number },
  now: number,
): Promise<number> {
  return inTransaction(async () => {
    const due = await rows(DUE, [from, until, days * DAY, days]);
    for (const { certificateId, cycleId, userId, organisationId } of due) {
      const reminder = { cycleId, days, organisationId, remindedAt: now };
      if (!(await insertOnce(RenewalReminder, reminder))) continue;
      const payload = { cycleId, certificateId, userId, days };
      await record('renewal.due', payload, { actorId: null, organisationId, now });
    }
    return due.length;
  });
}

const STILL_WANTED = sql`select 1 as wanted from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
  where c.id = $1 and c.valid_until > $2 and ${MAY_REMIND}`;

/** Whether a reminder is still wanted just before it is sent: the state may have changed since it was recorded. */
export const isReminderWanted = async (certificateId: string, now: number): Promise<boolean> =>
  (await row(STILL_WANTED, [certificateId, now])) !== null;
