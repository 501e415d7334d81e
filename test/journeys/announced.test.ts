import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startAttempt } from '../../server/quizzes/attempts/start.js';
import { ada, signedIn } from '../support/people.js';
import { completed, readyForQuiz } from '../support/walk.js';
import { visit } from './browsing/visit.js';
import { ownWorld } from '../support/world.js';

/** What has the focus, which screen readers read out when a page has loaded. */
const focused = (page: Page): Promise<string> =>
  page.locator(':focus').and(page.locator('[role=status]')).innerText();

/** Says what was saved and what was not, to people who do not see the page. */
describe('what came of a form', function () {
  ownWorld();
  this.timeout(180_000);

  it('has the focus when the next page has loaded', async () => {
    const { browser } = await ada();
    const { page, close, expectQuiet } = await visit(browser);
    await page.goto('/account');
    await page.getByLabel('Full name').fill('Ada Brandt');
    const form = page.locator('form[action="/account/name"]');
    await Promise.all([page.waitForURL('**/account?saved=name'), form.getByRole('button').click()]);
    expect(await focused(page)).to.include('Saved');
    expectQuiet();
    await close();
  });

  it('is said, too, where the change itself is seen on the page', async () => {
    const holder = await signedIn();
    const { certificate } = await completed(holder, 'volunteers');
    const { page, close, expectQuiet } = await visit(holder.browser);
    await page.goto(`/certificates/${certificate.id}/sharing`);
    await Promise.all([
      page.waitForURL('**/sharing?done=*'),
      page.getByRole('button', { name: 'Make a link' }).click(),
    ]);
    expect(await focused(page)).to.equal('The link is made. It works from now on.');
    await Promise.all([
      page.waitForURL('**?done=link-closed'),
      page.getByRole('button', { name: 'Close now' }).click(),
    ]);
    expect(await focused(page)).to.equal('The link is closed. It opens nothing any more.');
    // Nobody makes a page say what they like.
    await page.goto(`/certificates/${certificate.id}/sharing?done=nonsense`);
    expect(await page.getByRole('status').count()).to.equal(0);
    expectQuiet();
    await close();
  });

  it('is read out while the page stays: an answer that is saved, one that is not, and one that is at last', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const { id } = await startAttempt(cycle, quiz, Date.now());
    const { page, close } = await visit(browser);
    await page.goto(`/attempts/${id}/questions`);
    const heard = page.locator('main [role=status].state');
    // A live region must be there before there is anything to say.
    expect(await heard.count()).to.equal(1);
    expect(await heard.innerText()).to.equal('');
    await page.route('**/answers/*', route => route.abort());
    const box = page.locator('[data-slot="1"] .choice input').first();
    await box.check();
    await heard.getByText(/Question 1: Not saved yet/).waitFor();
    await page.unroute('**/answers/*');
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await heard.getByText(/Question 1: (Saved|Half)/).waitFor();
    await close();
  });
});
