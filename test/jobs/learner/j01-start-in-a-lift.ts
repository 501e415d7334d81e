import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { courseVersion } from '../../../server/teaching/courses/catalogue.js';
import { requiredLessons } from '../../../server/teaching/learning/completion.js';
import { addresses } from '../../../server/teaching/learning/cycle-addresses.js';
import { linkMailedTo } from '../../people/accounts/mails.js';
import { addressOn } from '../../journeys/browsing/printed.js';
import { saidFirst } from '../../journeys/browsing/said-first.js';
import { visit } from '../../journeys/browsing/visit.js';
import { codeOf, newcomer } from '../../people/organisations/joining/of-codes.js';
import { employer, unit } from '../../support/organisations.js';
import { dina } from '../../support/people.js';
import { count, row } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { inFolder } from '../in-folder.js';
import { furtherWaysIn } from './further-ways-in.js';

export const id = 'J1';
export const title =
  'scanned a poster, came in by a mailed link on a slow phone, finished a lesson without a connection, and went on behind it on a laptop; others came in by a card, a link for one course, and a request';

const PHONE = { width: 360, height: 740 };
/** A third-generation connection, as browsers imitate it. */
const SLOW = { offline: false, latency: 300, downloadThroughput: 90_000, uploadThroughput: 45_000 };

export const walk = (): Promise<void> =>
  inFolder(async folder => {
    const address = await addressOnPoster(folder);
    const zoe = newcomer();
    const { page, context, expectQuiet, close } = await visit(null, { viewport: PHONE });
    const line = await context.newCDPSession(page);
    await line.send('Network.emulateNetworkConditions', SLOW);
    await page.goto(address);
    await page.getByLabel(said('accounts.name')).fill(zoe.name);
    await page.getByLabel(said('accounts.email')).fill(zoe.email);
    await page.getByRole('button', { name: said('join.join') }).click();
    await page.getByRole('heading', { level: 1, name: said('checkMail.heading') }).waitFor();

    await arrive(page, await linkMailedTo(zoe.email));
    await page.getByRole('status').getByText(said('done.joined')).waitFor();
    await page.getByRole('button', { name: said('about.start') }).click();
    await page.waitForURL('**/learning/*');
    const { course, lesson, quiz } = await beginningFor(zoe.email);
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    await page.getByRole('button', { name: said('keep.keep') }).click();
    await page.getByRole('status').getByText(saidFirst('keep.kept')).waitFor();

    expectQuiet();
    await page.close();
    // The lift: a tab in which nothing was slow. Two ways of slowing one tab would undo each other.
    await context.setOffline(true);
    const inLift = await context.newPage();
    await inLift.goto(lesson);
    await inLift.locator('form[data-mark] button').click();
    // The quiz behind it needs a connection; the course is there meanwhile.
    await inLift.waitForURL(`**${course}`);
    await inLift.getByRole('status').getByText(saidFirst('marks.waiting')).waitFor();
    expect(await finished(zoe.email), 'nothing has arrived yet').to.equal(0);
    await context.setOffline(false);
    await inLift.getByRole('status').getByText(saidFirst('marks.sent')).waitFor();
    expect(await finished(zoe.email)).to.equal(1);
    await close();

    const laptop = await visit(null);
    await laptop.page.goto('/sign-in/link');
    await laptop.page.getByLabel(said('accounts.email')).fill(zoe.email);
    await laptop.page.getByRole('button', { name: said('askForLink.button') }).click();
    await laptop.page.getByRole('heading', { level: 1, name: said('checkMail.heading') }).waitFor();
    await arrive(laptop.page, await linkMailedTo(zoe.email));
    await laptop.page.waitForURL('**/learning');
    await laptop.page.locator(`main a[href="${course}"]`).first().click();
    await laptop.page.locator(`main a[href="${quiz}"]`).first().click();
    await laptop.page.waitForURL(`**${quiz}`);
    laptop.expectQuiet();
    await laptop.close();
    await furtherWaysIn();
  });

/** What the QR code on a printed poster of a class says. */
async function addressOnPoster(folder: string): Promise<string> {
  const [by, organisation] = [await dina(), await employer()];
  const unitId = await unit(organisation, 'Class of Monday');
  const code = await codeOf(organisation.id, { unitId, courseSlug: 'volunteers', mostPeople: 24 });
  const { page, close } = await visit(by.browser);
  await page.goto(`/organisations/${organisation.id}/joining`);
  await page.getByRole('link', { name: said('joinCodes.posterOf', { code: inFours(code) }) }).click();
  await page.getByRole('heading', { level: 1, name: said('joinCodes.posterHeading') }).waitFor();
  const print = join(folder, 'poster.pdf');
  await page.pdf({ path: print, format: 'A4' });
  await close();
  const address = await addressOn(print);
  expect(new URL(address).pathname).to.equal(`/join/${code}`);
  return address;
}

const inFours = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

async function arrive(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page
    .locator('main')
    .getByRole('button', { name: said('signIn.button'), exact: true })
    .click();
}

const OF_ZOE = 'cycles c join users u on u.id = c.user_id where u.email = $1';

const finished = (email: string) =>
  count(`lesson_readings where cycle_id in (select c.id from ${OF_ZOE})`, [email]);

/** The first lesson of the course that somebody has begun, and the quiz that follows it. */
async function beginningFor(email: string): Promise<{ course: string; lesson: string; quiz: string }> {
  const cycle = await row<{ id: string; version: string }>(
    `select c.id, c.course_version_id as version from ${OF_ZOE}`,
    [email],
  );
  const [module] = (await courseVersion(cycle?.version ?? '')).snapshot.modules;
  if (!module) throw new Error('The course has no module');
  const [first, ...others] = requiredLessons(module);
  if (!first || others.length > 0) throw new Error('The first module is expected to have one lesson');
  const to = addresses(cycle?.id ?? '');
  return { course: to.course, lesson: to.lesson(module.slug, first.name), quiz: to.quiz(module.slug) };
}
