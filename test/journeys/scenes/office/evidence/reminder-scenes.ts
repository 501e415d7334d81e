import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { remindOfDuties } from '../../../../../server/proof/reminders/duties/remind.js';
import { suspendOrganisation } from '../../../../../server/people/organisations/settings/suspension.js';
import { dueOn, employee } from '../../../../proof/reminders/duties/duties.js';
import { crowdLike, daysAgo, hiredLongAgo } from '../../../../proof/reports/overdue.js';
import { reckoned, required, YEARLY } from '../../../../proof/reports/reckoned.js';
import { mailedLink } from '../../../../people/accounts/mailed-links.js';
import { employer, member, memberOf } from '../../../../support/organisations.js';
import { dina, signedIn } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { write } from '../../../../support/rows.js';
import { seenBy, send, type Scene } from '../../scene.js';

/** What people are reminded of: before there is anything, and with a plan, a log and a clock that stands still. */
export async function reminderScenes(): Promise<Scene[]> {
  // Whoever goes through the duties does so for everybody: what is to be seen before it comes last.
  const told = await managerScenes();
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
  const chosen = await dueOn(organisation, daysAfter(today, 50), {
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
    ...told,
    await foreseenScene(),
    await manyScene(),
    see(
      'reminders-of-requirement',
      `/organisations/${organisation.id}/reminders?requirement=${chosen}`,
      async page => {
        await page.locator('[data-tomorrow] summary').first().click();
      },
    ),
  ];
}

/** What managers were told, and the weekly summary turned off by the link in it. */
async function managerScenes(): Promise<Scene[]> {
  const { organisation, membershipId, home } = await late();
  const otto = await signedIn({ name: 'Otto Berg' });
  await memberOf(otto, organisation.id);
  await appoint(otto, 'manager', organisation.id);
  await remindOfDuties(Date.parse(`${daysAgo(organisation, 0)}T23:00:00Z`));
  await write('update jobs set run_at = $1 where run_at > $1', [Date.now()]);
  const summary = await mailedLink(otto.email, '/weekly-summary');
  return [
    seenBy(otto.browser)('reminders-told', `${home}/reminders?done=mail`),
    seenBy(otto.browser)('person-told', `${home}/people/${membershipId}/requirements`),
    { name: 'weekly-summary', path: summary, as: null },
    { name: 'weekly-summary-off', path: summary, as: null, act: send },
  ];
}

/** What a manager will be told tomorrow. */
async function foreseenScene(): Promise<Scene> {
  const { organisation, home } = await late();
  const luc = await signedIn({ name: 'Luc Moreau-Vandenberghe' });
  await appoint(luc, 'manager', organisation.id);
  return seenBy(luc.browser)('reminders-to-managers', `${home}/reminders`, async page => {
    await page.locator('[data-tomorrow] summary').last().click();
  });
}

/** More people than are looked at will be reminded tomorrow. */
async function manyScene(): Promise<Scene> {
  const { organisation, membershipId, home } = await late();
  await crowdLike(membershipId, 60);
  const luc = await signedIn({ name: 'Luc Moreau' });
  await appoint(luc, 'manager', organisation.id);
  return seenBy(luc.browser)('reminders-to-many', `${home}/reminders`);
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
