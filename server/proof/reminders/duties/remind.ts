import { DateTime } from 'luxon';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { organisations, type OrganisationFacts } from '../../../people/organisations/memberships.js';
import { pausedAmong } from '../../../people/organisations/settings/suspension.js';
import { Membership } from '../../../people/organisations/tables.js';
import { RequirementVersion } from '../../requirements/tables.js';
import { announceDigests } from '../managers/digests.js';
import { escalate } from '../managers/escalate.js';
import { BATCH, dueReminders, requirementsInForce } from './due-reminders.js';
import { inviteAtOnce } from './invite-at-once.js';
import { putOffUntil } from './put-off.js';
import { overtakenBy, stageSpans } from './stages.js';
import { storeReminders } from './store-reminders.js';
import { DutyMailDay, DutyReminder } from './tables.js';

/** From this hour of the day in the organisation's zone reminders go out. */
const MAIL_HOUR = 8;

/**
 * Go through the duties of each organisation once a day, from the mail hour in its zone on: record the stage that each duty has
 * reached, and announce one mail to each person, which lists all of theirs; then tell those who manage them. Whoever has no account is
 * invited, at once after a change of what is required, too. Where it is broken off, the next run does the rest; after days without a
 * run, of several stages that were missed only the nearest goes out.
 */
export async function remindOfDuties(now: number): Promise<void> {
  for (const organisation of await organisations()) {
    const { id, timeZone } = organisation;
    const day = dayOf(now, timeZone);
    if (DateTime.fromMillis(now, { zone: timeZone }).hour < MAIL_HOUR) continue;
    const last = await row(LAST_RUN, [id, now]);
    const isDone = last !== null && last.day >= day;
    if (isDone && Number(last.changes) === 0 && !(await row(WAITING, [id]))) continue;
    if ((await pausedAmong([id])).length > 0 || (await putOffUntil(id, now)) !== null) continue;
    if (!isDone) await goThrough(organisation, day, now);
    else await goThroughChange(id, day, now);
  }
}

/** The last run, and how many changes of what is required there were since. */
const LAST_RUN = sql`select ${columns(DutyMailDay, 'd', 'day')}, (select count(*) from ${RequirementVersion} v
    where v.organisation_id = d.organisation_id and v.recorded_at > d.gone_through_at and v.recorded_at <= $2) ${as('changes', integer())}
  from ${DutyMailDay} d where d.organisation_id = $1`;

const UNANNOUNCED = sql`r.organisation_id = $1 and r.announced_at is null and r.outcome = 'due'`;

/** Reminded by hand while mails were put off. Without the order SQLite reads all reminders of the organisation. */
const WAITING = sql`select ${columns(DutyReminder, 'r', 'id')} from ${DutyReminder} r where ${UNANNOUNCED}
  order by r.membership_id limit 1`;

const GONE_THROUGH = sql`insert into ${DutyMailDay} (organisation_id, day, gone_through_at) values ($1, $2, $3)
  on conflict (organisation_id) do update set day = $2, gone_through_at = $3`;

async function goThrough({ id }: OrganisationFacts, day: string, now: number): Promise<void> {
  for (const { requirementId, version } of await requirementsInForce(id, day))
    for (const span of stageSpans(version.rule.reminders, day))
      for (let count = BATCH; count === BATCH;)
        count = await inTransaction(async () => {
          await holdOrganisation(id);
          const due = await dueReminders({ requirementId, span, day });
          const overtaken = overtakenBy(span.stage, version.rule.reminders);
          await storeReminders(due, { organisationId: id, day, now, stage: span.stage, overtaken });
          return due.length;
        });
  await inviteAtOnce(id, day, now);
  await announceAll(id, day, now);
  await escalate({ organisationId: id, day, now });
  await announceDigests(id, { day, now });
  await inTransaction(() => rows(GONE_THROUGH, [id, day, now]));
}

/** Later on a day: nobody who has an account is reminded a second time, but whoever has none is invited to what is new. */
async function goThroughChange(organisationId: string, day: string, now: number): Promise<void> {
  await inviteAtOnce(organisationId, day, now);
  await announceAll(organisationId, day, now);
  await inTransaction(() => rows(GONE_THROUGH, [organisationId, day, now]));
}

const PEOPLE = sql`select distinct ${columns(DutyReminder, 'r', 'membershipId')}, ${columns(Membership, 'm', 'userId')}
  from ${DutyReminder} r join ${Membership} m on m.id = r.membership_id
  where ${UNANNOUNCED} order by r.membership_id limit ${BATCH}`;

/** One mail a person, for everything that was recorded and not announced. */
export async function announceAll(organisationId: string, day: string, now: number): Promise<void> {
  for (let count = BATCH; count === BATCH;) count = await announceSome(organisationId, day, now);
}

/** Of `BATCH` people at most. Two at one moment take turns: nobody is announced twice. */
const announceSome = (organisationId: string, day: string, now: number): Promise<number> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    const people = await rows(PEOPLE, [organisationId]);
    if (people.length === 0) return 0;
    const ids = people.map(({ membershipId }) => membershipId);
    await rows(
      sql`update ${DutyReminder} set announced_at = $1
          where announced_at is null and outcome = 'due' and membership_id in (${parameters(ids.length, 2)})`,
      [now, ...ids],
    );
    for (const { membershipId, userId } of people) {
      const news = { membershipId, day, announcedAt: now };
      const by = { actorId: null, organisationId, now };
      if (userId === null) await record('duties.invited', news, by);
      else await record('duties.due', { ...news, userId }, by);
    }
    return people.length;
  });
