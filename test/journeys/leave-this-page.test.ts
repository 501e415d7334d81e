import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { NEUTRAL_PLACE } from '../../server/http/security/security.js';
import { ada, type Person } from '../support/people.js';
import { enrolled } from '../support/walk.js';
import { visit, type Visit } from './browsing/visit.js';
import { said } from '../support/said.js';
import { ownWorld } from '../support/world.js';

/** Somebody may look over a learner's shoulder: one press, and nothing of this place is on the screen. */
describe('leaving this page', () => {
  ownWorld();
  for (const [way, leave] of [
    ['the button', (page: Page) => page.getByRole('button', { name: said('frame.leave') }).click()],
    ['Escape, three times', pressEscape],
  ] as const) {
    it(`by ${way} opens a neutral page, ends the session, and Back shows no lesson`, async () => {
      const { learner, visit, lesson } = await reading();
      const { page } = visit;
      await leave(page);
      await page.getByText('An ordinary page').waitFor();
      expect(page.url()).to.equal(NEUTRAL_PLACE);
      await expectSessionOver(learner);

      await page.goBack();
      await page.getByRole('heading', { level: 1, name: said('signIn.heading') }).waitFor();
      expect(await page.locator('main').innerText()).to.not.include(lesson);
      expect(await page.title()).to.equal(said('frame.title'));
      await visit.close();
    });
  }

  it('ignores two presses of Escape', async () => {
    const { learner, visit, lesson } = await reading();
    await visit.page.keyboard.press('Escape');
    await visit.page.keyboard.press('Escape');
    await visit.page.reload();
    expect(await visit.page.locator('h1').innerText()).to.equal(lesson);
    expect((await learner.browser.get('/learning')).path).to.equal('/learning');
    visit.expectQuiet();
    await visit.close();
  });

  it('works without JavaScript: the content security policy allows the form', async () => {
    const { learner, visit, lesson } = await reading({ javaScriptEnabled: false });
    const { page, context } = visit;
    const asked = context.waitForEvent('requestfailed', request => request.url() === NEUTRAL_PLACE);
    await page.getByRole('button', { name: said('frame.leave') }).click({ noWaitAfter: true });
    // No name has an address here: the browser set out for the place, and the policy did not hold it back.
    expect((await asked).failure()?.errorText).to.equal('net::ERR_NAME_NOT_RESOLVED');
    await page.waitForURL('chrome-error://**');
    await expectSessionOver(learner);

    await page.goto('/learning');
    expect(await page.locator('main').innerText()).to.not.include(lesson);
    expect(new URL(page.url()).pathname).to.equal('/sign-in');
    await visit.close();
  });

  it('is the first stop after the skip link, also for visitors', async () => {
    const { page, close } = await visit(null);
    await page.goto('/concern');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).to.include(said('frame.leave'));
    await close();
  });
});

/** A learner in the middle of a lesson, two pages into the site, and a neutral place that answers on this machine. */
async function reading(
  options?: BrowserContextOptions,
): Promise<{ learner: Person; visit: Visit; lesson: string }> {
  const learner = await ada();
  const { id } = await enrolled(learner, 'volunteers');
  const open = await visit(learner.browser, options);
  const { page } = open;
  await page.route(NEUTRAL_PLACE, route =>
    route.fulfill({ contentType: 'text/html', body: '<p>An ordinary page</p>' }),
  );
  await page.goto(`/learning/${id}`);
  await page.getByRole('link', { name: said('course.start'), exact: true }).click();
  await page.waitForURL('**/lessons/*');
  return { learner, visit: open, lesson: await page.locator('h1').innerText() };
}

async function pressEscape(page: Page): Promise<void> {
  for (let time = 0; time < 3; time += 1) await page.keyboard.press('Escape');
}

/** The server has forgotten the session: the same cookie, sent by anyone, opens nothing. */
async function expectSessionOver({ browser }: Person): Promise<void> {
  // The page is gone before its last request is answered, so the answer is waited for here.
  const late = Date.now() + 5_000;
  let { path } = await browser.get('/learning');
  while (path === '/learning' && Date.now() < late) ({ path } = await browser.get('/learning'));
  expect(path).to.equal('/sign-in?next=%2Flearning');
}
