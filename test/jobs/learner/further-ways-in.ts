import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { linkMailedTo } from '../../people/accounts/mails.js';
import { visit } from '../../journeys/browsing/visit.js';
import { newcomer } from '../../people/organisations/joining/of-codes.js';
import { RESTRICTED } from '../../support/grants.js';
import { employer, member, placeIn, unit } from '../../support/organisations.js';
import { dina, signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';

const NARROW = { viewport: { width: 360, height: 740 } };

/** The ways into a course besides the poster: a printed card, a link for one course, and a restricted course that is asked for. */
export async function furtherWaysIn(): Promise<void> {
  const organisation = await employer();
  const [manager, learner] = [await signedIn({ name: 'Ben Adler' }), await signedIn()];
  await appoint(manager, 'manager', organisation.id);
  await placeIn(learner, await unit(organisation, 'Lyon'));
  await byCard(
    manager,
    organisation.id,
    await member(organisation, { name: 'Mara Lind', staffNumber: '0042' }),
  );
  await byLink(manager, organisation.id);
  await byRequest({ manager, learner, organisationId: organisation.id });
}

/** The manager prints a card; whoever holds it chooses a PIN at a device that others use too, and the card works once. */
async function byCard(manager: Person, organisationId: string, membershipId: string): Promise<void> {
  const office = await visit(manager.browser);
  const home = `/organisations/${organisationId}/entry`;
  await office.page.goto(home);
  await office.page.locator(`[data-person="${membershipId}"] button`).click();
  await office.page.goto(`${home}/sheet?person=${membershipId}`);
  const [organisation, code] = await printedOn(office.page);
  office.expectQuiet();
  await office.close();
  const kiosk = await visit(null, NARROW);
  for (const isAgain of [false, true]) {
    await kiosk.sitDown(null);
    await kiosk.page.goto('/staff/first');
    for (const [name, value] of Object.entries({
      organisation,
      staffNumber: '0042',
      code,
      pin: '4711 north',
    }))
      await kiosk.page.locator(`#${name}`).fill(value);
    await kiosk.page.getByRole('button', { name: said('signIn.button'), exact: true }).click();
    if (isAgain) await kiosk.page.locator('.summary a[href="#code"]').waitFor();
    else await kiosk.page.waitForURL('**/learning');
  }
  kiosk.expectQuiet();
  await kiosk.close();
}

/** The code of the organisation and the one for the first time, as the card on the page says them. */
async function printedOn(page: Page): Promise<[string, string]> {
  const [organisation = '', , code = ''] = await page
    .locator('.panel dd.code, .panel dd .code')
    .allTextContents();
  return [organisation.trim(), code.trim()];
}

/** A mailed link opens its course without a password, and says so to whoever opens it a second time. */
async function byLink(manager: Person, organisationId: string): Promise<void> {
  const office = await visit(manager.browser);
  const { name, email } = newcomer();
  await office.page.goto(`/organisations/${organisationId}/course-links/new`);
  await office.page.locator('#course').selectOption('volunteers');
  await office.page.locator('#to').fill(`${name} <${email}>`);
  await office.page.getByRole('button', { name: said('courseLinks.send') }).click();
  await office.page.waitForURL('**/course-links?*');
  office.expectQuiet();
  await office.close();
  const link = await linkMailedTo(email);
  const phone = await visit(null, NARROW);
  await phone.page.goto(link);
  await phone.page.getByRole('button', { name: said('sentCourse.open') }).click();
  await phone.page.waitForURL('**/courses/volunteers');
  await phone.page.getByRole('button', { name: said('about.start') }).click();
  await phone.page.waitForURL('**/learning/*');
  await phone.sitDown(null);
  await phone.page.goto(link);
  expect(await phone.page.locator('form[action="/sent-course"]').count(), 'it was used').to.equal(0);
  phone.expectQuiet();
  await phone.close();
}

interface Asking {
  readonly manager: Person;
  readonly learner: Person;
  readonly organisationId: string;
}

/** The card of a restricted course names whom to ask; they ask for the organisation, are answered, and the learner starts. */
async function byRequest({ manager, learner, organisationId }: Asking): Promise<void> {
  const theirs = await visit(learner.browser, NARROW);
  await theirs.page.goto('/courses');
  await theirs.page
    .locator('.card', { hasText: manager.name })
    .locator(`a[href="/courses/${RESTRICTED}"]`)
    .waitFor();
  const { page, sitDown, expectQuiet, close } = await visit(manager.browser);
  await page.goto(`/organisations/${organisationId}/courses/${RESTRICTED}/request`);
  await page.locator('#reason').fill('Our recruits begin their training in May');
  await page.getByRole('button', { name: said('courseAccess.request.button') }).click();
  await page.waitForURL('**/courses?*');
  await sitDown((await dina()).browser);
  await page.goto('/admin/course-access');
  await page.locator(`a[href^="/organisations/${organisationId}/course-requests/"]`).click();
  await page.getByLabel(said('courseAccess.decision.all')).check();
  await page.getByRole('button', { name: said('courseAccess.decision.button') }).click();
  await page.waitForURL('**/admin/course-access?*');
  expectQuiet();
  await close();
  await theirs.page.goto(`/courses/${RESTRICTED}`);
  await theirs.page.getByRole('button', { name: said('about.start') }).click();
  await theirs.page.waitForURL('**/learning/*');
  theirs.expectQuiet();
  await theirs.close();
}
