import { expect } from 'chai';
import { goOnLeave } from '../../../server/people/organisations/people/members.js';
import { visit } from '../../journeys/browsing/visit.js';
import { daysAgo, hiredLongAgo, remindersAreOut } from '../../proof/reports/overdue.js';
import { completed, reckoned, required, YEARLY } from '../../proof/reports/reckoned.js';
import { employer, member } from '../../support/organisations.js';
import { signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J13';
export const title =
  'saw who was due in 30, 60 and 90 days, overdue and on leave, reminded only those overdue, and saw what was sent, when and by whom';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const ago = (days: number) => daysAgo(organisation, days);
  const crew = (name: string) => hiredLongAgo(organisation, { name });
  await required(organisation, { title: 'Crew', fromDay: ago(200), rule: YEARLY });
  const ida = await crew('Ida Solberg');
  const all: Person[] = [ida];
  for (const [name, left] of [
    ['Thirty', 20],
    ['Sixty', 50],
    ['Ninety', 80],
  ] as const) {
    const somebody = await crew(name);
    await completed(organisation, somebody.membershipId, { on: ago(365 - left) });
    all.push(somebody);
  }
  const lea = await crew('Lea Vik');
  const leave = { organisation, membershipId: lea.membershipId, fromDay: ago(10), actorId: null };
  await goOnLeave({ ...leave, now: Date.now() }, null);
  await member(organisation, { name: 'No Account', hiredOn: ago(300) });
  await reckoned(organisation);
  await remindersAreOut(organisation);
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'manager', organisation.id);
  const mails = async ({ email }: Person) => {
    await world().worker.drain();
    const subject = said('mail.subject.duties-due');
    return world()
      .mailbox.to(email)
      .filter(each => each.subject === subject).length;
  };
  const before = await Promise.all([...all, lea].map(mails));

  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 360, height: 740 } });
  const names = () => page.locator('[data-matrix] tbody th a').allInnerTexts();
  const list = async (shown: string) => {
    await page.goto(`/organisations/${organisation.id}/standings`);
    await page.locator(`[data-number=${shown}]`).first().click();
    return names();
  };
  expect(await list('due-30')).to.deep.equal(['Thirty']);
  expect(await list('due-60')).to.deep.equal(['Sixty', 'Thirty']);
  expect(await list('due-90')).to.deep.equal(['Ninety', 'Sixty', 'Thirty']);
  expect(await list('on-leave')).to.deep.equal(['Lea Vik']);
  expect(await list('overdue')).to.deep.equal(['Ida Solberg', 'No Account']);
  await page.getByRole('link', { name: said('nudge.link') }).click();
  expect(await page.locator('[data-reachable]').getAttribute('data-reachable')).to.equal('1');
  await page.locator('[data-not-reached="no-address"]').waitFor();
  await goThrough(page.getByRole('button', { name: said('nudge.button') }));
  expect(await page.locator('[data-nudges] tbody td').allInnerTexts()).to.include.members(['Otto Berg', '1']);
  expect(await page.locator('[data-log]').innerText()).to.include(said('reminderLog.stage.nudge'));
  await page.goto(`/organisations/${organisation.id}/people/${ida.membershipId}/requirements`);
  expect(await page.locator('[data-reminders]').innerText()).to.include(said('reminderLog.stage.nudge'));
  expectQuiet();
  await close();
  const after = await Promise.all([...all, lea].map(mails));
  expect(after.map((count, at) => count - (before[at] ?? 0))).to.deep.equal([1, 0, 0, 0, 0]);
}
