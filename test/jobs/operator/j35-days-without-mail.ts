import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { enqueueDue } from '../../../server/platform/events/routines/enqueue-due.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { remindOfDuties } from '../../../server/proof/reminders/duties/remind.js';
import { visit } from '../../journeys/browsing/visit.js';
import { dueOn, employee } from '../../proof/reminders/duties/duties.js';
import { employer } from '../../support/organisations.js';
import { dina } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J35';
export const title =
  'learned from the overview and from a number that mail and the clock had stopped; after three days each missed reminder went out once';

const DAY = 86_400_000;

export async function walk(): Promise<void> {
  const organisation = await employer();
  const ada = await employee(organisation, { name: 'Ada Marlow' });
  const today = dayOf(Date.now(), organisation.timeZone);
  const due = { now: Date.now() - DAY / 8, today, reminders: [30, 29, 28, 27] };
  for (const title of ['Crew', 'Drivers']) await dueOn(organisation, daysAfter(today, 30), { ...due, title });
  const administrator = await dina();
  const { page, expectQuiet, close } = await visit(administrator.browser);
  const warning = (key: string) => page.locator(`[data-warning="${key}"]`);
  await page.goto('/admin');
  expect(await warning('mail-away').count()).to.equal(0);
  expect(await isAtWork()).to.equal(true);

  world().mailbox.setAway(true);
  await morning(today);
  await page.goto('/admin');
  expect(await warning('mail-away').innerText()).to.include(said('admin.warnings.mailAway'));
  expect(await isAtWork()).to.equal(false);
  await clockAsked(Date.now() - 3 * DAY);
  await page.goto('/admin');
  expect(await warning('scheduler-stopped').innerText()).to.include(said('admin.warnings.scheduler'));
  await goThrough(warning('mail-away').getByRole('link'));
  expect(new URL(page.url()).pathname).to.equal('/admin/jobs');
  await morning(daysAfter(today, 3));
  expect(mails(ada)).to.equal(0);

  world().mailbox.setAway(false);
  await clockAsked(Date.now());
  await triedNow(page);
  expect(mails(ada)).to.equal(1);
  await morning(daysAfter(today, 3));
  expect(mails(ada)).to.equal(1);
  await page.goto('/admin');
  for (const key of ['mail-away', 'scheduler-stopped']) expect(await warning(key).count()).to.equal(0);
  expect(await isAtWork()).to.equal(true);
  await page.goto(`/organisations/${organisation.id}/people/${ada.membershipId}/requirements`);
  const kept = await page.locator('[data-reminders]').innerText();
  expect(kept.split(said('reminderLog.outcome.overtaken'))).to.have.length(5);
  expect(kept.split(said('reminderLog.outcome.due'))).to.have.length(5);
  expectQuiet();
  await close();
}

/** The reminders of a day are gone through; their mails are due now. */
async function morning(day: string): Promise<void> {
  await remindOfDuties(Date.parse(`${day}T23:00:00Z`));
  await write(`update jobs set run_at = $1 where state = 'ready'`, [Date.now()]);
  await world().worker.drain();
}

/** The clock asked for some work at a moment, which has been done. */
async function clockAsked(now: number): Promise<void> {
  await enqueueDue([{ name: 'test.minute', cron: '* * * * *', atStart: true }], { now, isStart: true });
  await write(`delete from jobs where reaction = 'test.minute'`);
}

/** Retries the first mail on the list that is open; the others follow by themselves. */
async function triedNow(page: Page): Promise<void> {
  await page.locator('form[action$="/attempt"] button').first().click();
  await write(`update jobs set run_at = $1 where state = 'ready'`, [Date.now()]);
  for (let time = 0; time < 2; time += 1) await world().worker.drain();
}

/** What a monitor is told. */
const isAtWork = async (): Promise<boolean> => (await fetch(`${world().base}/workz`)).ok;

const mails = ({ email }: { readonly email: string }): number =>
  world()
    .mailbox.to(email)
    .filter(({ subject }) => subject === said('mail.subject.duties-due')).length;
