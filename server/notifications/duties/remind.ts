import { DateTime } from 'luxon';
import { insertAllOnce, row, rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { chunks } from '../../lib/lists/chunks.js';
import { dayOf } from '../../lib/days.js';
import { newId } from '../../lib/ids.js';
import { holdOrganisation } from '../../organisations/hold-organisation.js';
import { organisations, type OrganisationFacts } from '../../organisations/memberships.js';
import { pausedAmong } from '../../organisations/settings/suspension.js';
import { Membership } from '../../organisations/tables.js';
import { announceDigests } from '../managers/digests.js';
import { escalate } from '../managers/escalate.js';
import { BATCH, dueReminders, requirementsInForce, type DueReminder } from './due-reminders.js';
import { putOffUntil } from './put-off.js';
import { countMailed } from './mail-counts.js';
import { overtakenBy, stageSpans, type Stage } from './stages.js';
import { DutyMailDay, DutyReminder } from './tables.js';

/** From this hour of the day in the organisation's zone reminders go out. */
const MAIL_HOUR = 8;

/**
 * Go through the duties of each organisation once a day, from the mail hour in its zone on: record the stage that each duty has
 * reached, and announce one mail to each person, which lists all of theirs; then tell those who manage them. Where it is broken off, the next run does the
 * rest; after days without a run, of several stages that were missed only the nearest goes out.
 */
export async function remindOfDuties(now: number): Promise<void> {
  for (const organisation of await organisations()) {
    const { id, timeZone } = organisation;
    const day = dayOf(now, timeZone);
    if (DateTime.fromMillis(now, { zone: timeZone }).hour < MAIL_HOUR) continue;
    const isDone = (await lastDay(id)) >= day;
    if (isDone && !(await row(WAITING, [id]))) continue;
    if ((await pausedAmong([id])).length > 0 || (await putOffUntil(id, now)) !== null) continue;
    if (isDone) await announceAll(id, day, now);
    else await goThrough(organisation, day, now);
  }
}

const LAST_DAY = sql`select ${columns(DutyMailDay, 'd', 'day')} from ${DutyMailDay} d where d.organisation_id = $1`;

const lastDay = async (organisationId: string): Promise<string> =>
  (await row(LAST_DAY, [organisationId]))?.day ?? '';

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
          const stages = { stage: span.stage, overtaken: overtakenBy(span.stage, version.rule.reminders) };
          await store(due, { organisationId: id, day, now, ...stages });
          return due.length;
        });
  await announceAll(id, day, now);
  await escalate({ organisationId: id, day, now });
  await announceDigests(id, { day, now });
  await inTransaction(() => rows(GONE_THROUGH, [id, day, now]));
}

interface Storing {
  readonly organisationId: string;
  readonly day: string;
  readonly now: number;
  readonly stage: Stage;
  readonly overtaken: readonly Stage[];
}

/** The stages before it did not go out, or have rows of their own already. */
async function store(due: readonly DueReminder[], { stage, overtaken, now, ...of }: Storing): Promise<void> {
  for (const one of [...overtaken, stage]) {
    const outcome = one === stage ? 'due' : 'overtaken';
    const reminders = due.map(each => ({
      ...{ id: newId(), ...of, ...each, stage: one },
      ...({ outcome, recordedAt: now } as const),
    }));
    let duties = 0;
    for (const part of chunks(reminders, 20)) duties += await insertAllOnce(DutyReminder, part);
    await countMailed({ ...of, stage: one, outcome, duties });
  }
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
      if (userId === null) continue;
      await record(
        'duties.due',
        { membershipId, userId, day, announcedAt: now },
        { actorId: null, organisationId, now },
      );
    }
    return people.length;
  });
