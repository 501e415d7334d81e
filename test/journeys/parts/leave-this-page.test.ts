import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { NEUTRAL_PLACE } from '../../../server/platform/http/security/security.js';
import { expectSessionOver, inLesson } from '../browsing/in-lesson.js';
import { visit } from '../browsing/visit.js';
import { said, titleSaid } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

/** Somebody may look over a learner's shoulder: one press, and nothing of this place is on the screen. */
describe('leaving this page', () => {
  ownWorld();
  it('by Escape, three times, opens a neutral page, ends the session, and Back shows no lesson', async () => {
    const { learner, visit, lesson } = await inLesson();
    const { page } = visit;
    await pressEscape(page);
    await page.getByText('An ordinary page').waitFor();
    expect(page.url()).to.equal(NEUTRAL_PLACE);
    await expectSessionOver(learner);

    await page.goBack();
    await page.getByRole('heading', { level: 1, name: said('signIn.heading') }).waitFor();
    expect(await page.locator('main').innerText()).to.not.include(lesson);
    expect(await page.title()).to.equal(titleSaid('signIn.heading'));
    await visit.close();
  });

  it('ignores two presses of Escape', async () => {
    const { learner, visit, lesson } = await inLesson();
    await visit.page.keyboard.press('Escape');
    await visit.page.keyboard.press('Escape');
    await visit.page.reload();
    expect(await visit.page.locator('h1').innerText()).to.equal(lesson);
    expect((await learner.browser.get('/learning')).path).to.equal('/learning');
    visit.expectQuiet();
    await visit.close();
  });

  it('works without JavaScript: the content security policy allows the form', async () => {
    const { learner, visit, lesson } = await inLesson({ javaScriptEnabled: false });
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

async function pressEscape(page: Page): Promise<void> {
  for (let time = 0; time < 3; time += 1) await page.keyboard.press('Escape');
}
