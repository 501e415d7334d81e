import { dayOf, daysAfter } from '../../../../server/lib/days.js';
import { remindOfDuties } from '../../../../server/notifications/duties/remind.js';
import { suspendOrganisation } from '../../../../server/organisations/settings/suspension.js';
import { dueOn, employee } from '../../../notifications/duties/duties.js';
import { crowdLike, daysAgo, hiredLongAgo } from '../../../reports/overdue.js';
import { reckoned, required, YEARLY } from '../../../reports/reckoned.js';
import { employer, member } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { seenBy, type Scene } from '../scene.js';

/** What people are reminded of: before there is anything, and with a plan, a log and a clock that stands still. */
export async function reminderScenes(): Promise<Scene[]> {
  const see = seenBy((await dina()).browser);
  const [empty, organisation] = [await employer(), await employer()];
  const today = dayOf(Date.now(), organisation.timeZone);
  const when = { now: Date.now() - 7_200_000, today, reminders: [90, 30] };
  await employee(organisation, { name: 'Ida Solberg' });
  await employee(organisation, { name: 'نورة بنت عبد الله' });
  await member(organisation, { name: 'Gil' });
  const title = 'Airline and transport, cabin crew';
  await dueOn(organisation, daysAfter(today, 20), { ...when, title });
  await remindOfDuties(Date.parse(`${today}T23:00:00Z`));
  const changed = { ...when, now: Date.now() };
  await dueOn(organisation, daysAfter(today, 50), {
    ...changed,
    title: 'Volunteers',
    courses: ['volunteers'],
  });
  await write('update duty_mail_days set day = $1, gone_through_at = $2 where organisation_id = $3', [
    daysAfter(today, -3),
    Date.now() - 3 * 86_400_000,
    organisation.id,
  ]);
  return [
    see('reminders-none', `/organisations/${empty.id}/reminders`),
    ...(await nudgeScenes(see)),
    see('reminders', `/organisations/${organisation.id}/reminders`, async page => {
      await page.locator('[data-tomorrow] summary').first().click();
    }),
  ];
}

/** Reminding by hand: whom it reaches, what was sent, that nobody is left, that there are too many, and that training is paused. */
async function nudgeScenes(see: ReturnType<typeof seenBy>): Promise<Scene[]> {
  const [open, done, large, paused] = [await late(), await late(), await late(), await late()];
  const { browser } = await dina();
  await browser.get(`${done.home}/standings/nudge`);
  await browser.submit(`${done.home}/standings/nudge`);
  await crowdLike(large.membershipId, 2000);
  await suspendOrganisation(paused.organisation.id, { actorId: null, now: Date.now() });
  return [
    see('standings-to-nudge', `${open.home}/standings?shown=overdue`),
    see('nudge', `${open.home}/standings/nudge`),
    see('nudge-nobody', `${done.home}/standings/nudge`),
    see('nudge-too-many', `${large.home}/standings/nudge`),
    see('nudge-paused', `${paused.home}/standings/nudge`),
    see('reminders-nudged', `${done.home}/reminders?done=people-nudged`),
    see('person-reminders', `${done.home}/people/${done.membershipId}/requirements`),
  ];
}

/** An organisation in which somebody is overdue, and somebody else without an account. */
async function late() {
  const organisation = await employer();
  const fromDay = daysAgo(organisation, 200);
  await required(organisation, { title: 'Awareness, cabin crew', fromDay, rule: YEARLY });
  const { membershipId } = await hiredLongAgo(organisation, { name: 'Ida Solberg' });
  await member(organisation, { name: 'Gil', hiredOn: daysAgo(organisation, 300) });
  await reckoned(organisation);
  return { organisation, membershipId, home: `/organisations/${organisation.id}` };
}
