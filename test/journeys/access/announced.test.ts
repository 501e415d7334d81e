import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { ada, signedIn } from '../../support/people.js';
import { completed } from '../../support/holders.js';
import { readyForQuiz } from '../../support/walk.js';
import { saidFirst } from '../browsing/said-first.js';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

/** What has the focus, which screen readers read out when a page has loaded. */
const focused = (page: Page): Promise<string> =>
  page.locator(':focus').and(page.locator('[role=status]')).innerText();

/** Says what was saved and what was not, to people who do not see the page. */
describe('the outcome of a form', () => {
  ownWorld();

  it('has the focus when the next page has loaded', async () => {
    const { browser } = await ada();
    const { page, close, expectQuiet } = await visit(browser);
    await page.goto('/account');
    await page.getByLabel(said('accounts.name')).fill('Ada Brandt');
    const form = page.locator('form[action="/account/name"]');
    await Promise.all([page.waitForURL('**/account?saved=name'), form.getByRole('button').click()]);
    expect(await focused(page)).to.include(said('account.saved'));
    expectQuiet();
    await close();
  });

  it('is announced even where the page shows the change itself', async () => {
    const holder = await signedIn();
    const { certificate } = await completed(holder, 'volunteers');
    const { page, close, expectQuiet } = await visit(holder.browser);
    await page.goto(`/certificates/${certificate.id}/sharing`);
    await Promise.all([
      page.waitForURL('**/sharing?done=*'),
      page.getByRole('button', { name: said('sharing.make') }).click(),
    ]);
    expect(await focused(page)).to.equal(said('done.link-made'));
    await Promise.all([
      page.waitForURL('**?done=link-closed'),
      page.getByRole('button', { name: said('sharing.close') }).click(),
    ]);
    expect(await focused(page)).to.equal(said('done.link-closed'));
    // Nobody makes a page say what they like.
    await page.goto(`/certificates/${certificate.id}/sharing?done=nonsense`);
    expect(await page.getByRole('status').count()).to.equal(0);
    expectQuiet();
    await close();
  });

  it('is announced while the page stays: an answer saved, not saved, and saved after all', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const { id } = await startAttempt(cycle, quiz, Date.now());
    const { page, close } = await visit(browser);
    await page.goto(`/attempts/${id}/questions`);
    const heard = page.locator('main [role=status].state');
    const first = said('saving.question').replace('#', '1');
    // Half an answer, where the first question asks for a statement and a reason.
    const [saved, half] = [saidFirst('saving.saved'), saidFirst('question.problem.half')];
    // A live region must be there before there is anything to say.
    expect(await heard.count()).to.equal(1);
    expect(await heard.innerText()).to.equal('');
    await page.route('**/answers/*', route => route.abort());
    const box = page.locator('[data-slot="1"] .choice input').first();
    await box.check();
    await heard.getByText(`${first}: ${saidFirst('saving.waiting')}`).waitFor();
    await page.unroute('**/answers/*');
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await heard.getByText(new RegExp(`${first}: (${saved}|${half})`)).waitFor();
    await close();
  });
});
