import { dayOf, daysAfter } from '../../../../server/lib/days.js';
import { remindOfDuties } from '../../../../server/notifications/duties/remind.js';
import { dueOn, employee } from '../../../notifications/duties/duties.js';
import { employer, member } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { seenBy, type Scene } from '../scene.js';

/** What people are reminded of: before there is anything, and with a plan, a log and a clock that stands still. */
export async function reminderScenes(): Promise<Scene[]> {
  const see = seenBy((await dina()).browser);
  const [empty, organisation] = [await employer(), await employer()];
  const today = dayOf(Date.now(), organisation.timeZone);
  const when = { now: Date.now(), today, reminders: [90, 30] };
  await employee(organisation, { name: 'Ida Solberg' });
  await employee(organisation, { name: 'نورة بنت عبد الله' });
  await member(organisation, { name: 'Gil' });
  const title = 'Airline and transport, cabin crew';
  await dueOn(organisation, daysAfter(today, 20), { ...when, title });
  await remindOfDuties(Date.parse(`${today}T23:00:00Z`));
  await dueOn(organisation, daysAfter(today, 50), { ...when, title: 'Volunteers', courses: ['volunteers'] });
  await write('update duty_mail_days set day = $1, gone_through_at = $2 where organisation_id = $3', [
    daysAfter(today, -3),
    Date.now() - 3 * 86_400_000,
    organisation.id,
  ]);
  return [
    see('reminders-none', `/organisations/${empty.id}/reminders`),
    see('reminders', `/organisations/${organisation.id}/reminders`, async page => {
      await page.locator('[data-tomorrow] summary').first().click();
    }),
  ];
}
