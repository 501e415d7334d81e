import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import { ada, signedIn } from '../support/people.js';
import { attemptWith, enrolled, quizIn, readLessons } from '../support/walk.js';
import { inspect } from './inspect.js';
import { visit, type Visit } from './visit.js';
import './close.js';

/** What people get wrong, and how the pages help: what was typed stays, and the page says what to do. */
describe('wrong input', () => {
  it('an empty form names each field, and takes the reader there', async () => {
    const { page, expectQuiet, close } = await visit(null);
    await page.goto('/sign-up');
    await page.getByLabel('E-mail address').fill('ada at example');
    await reach(page, page => page.getByRole('button', { name: 'Create account' }).click());
    expect(await page.title()).to.equal('Error: Training');
    const summary = page.getByRole('alert');
    expect(await summary.and(page.locator(':focus')).count(), 'the focus is on it').to.equal(1);
    expect(await summary.getByRole('link').allInnerTexts()).to.deep.equal([
      'Enter your full name.',
      'Enter an e-mail address, for example ada@example.org.',
      'Choose a password of at least 12 characters.',
    ]);
    await summary.getByRole('link', { name: 'Enter your full name.' }).click();
    expect(await page.getByLabel('Full name').and(page.locator(':focus')).count()).to.equal(1);
    expect(await page.getByLabel('E-mail address').inputValue()).to.equal('ada at example');
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).to.equal('');
    expectQuiet();
    await close();
  });

  it('a wrong password says no more than that, and keeps the address', async () => {
    const { email } = await signedIn();
    const { page, close } = await visit(null);
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password at all');
    await reach(page, page => page.getByRole('button', { name: 'Sign in' }).click());
    await page.getByRole('alert').getByText('The e-mail address or the password is not right.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).to.equal(email);
    await close();
  });

  it('a number that cannot be one stays in the field; one that nobody has is not found', async () => {
    const { page, expectQuiet, close } = await visit(null);
    await page.goto('/verify');
    await page.getByLabel('Certificate number').fill('1234');
    await reach(page, page => page.getByRole('button', { name: 'Check' }).click());
    await page.getByRole('alert').getByText('Enter the 16 letters and numbers of the certificate.').waitFor();
    expect(await page.getByLabel('Certificate number').inputValue()).to.equal('1234');
    await page.getByLabel('Certificate number').fill('0000 0000 0000 0000');
    await reach(page, page => page.getByRole('button', { name: 'Check' }).click());
    await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
    expectQuiet();
    await close();
  });

  it('a question answered in two tabs: the one behind is told, and what was chosen there is named', async () => {
    const { open, question } = await asked('single');
    const [first, second] = [open.page, await open.context.newPage()];
    await first.goto(question);
    await second.goto(question);
    await first.bringToFront();
    const [chosen, other] = await first.locator('.choice').allInnerTexts();
    await first.getByLabel(chosen ?? '').check();
    await first.getByRole('button', { name: 'Save and continue' }).click();
    await first.waitForURL('**/review');

    await second.bringToFront();
    await second.getByLabel(other ?? '').check();
    await reach(second, page => page.getByRole('button', { name: 'Save and continue' }).click());
    const told = second.getByRole('alert');
    await told.getByText('This question was answered in another tab').waitFor();
    await told.getByText(`In this tab you chose: ${other ?? ''}`).waitFor();
    expect(await second.getByLabel(chosen ?? '').isChecked(), 'the saved answer is shown').to.equal(true);

    await second.getByLabel(other ?? '').check();
    await second.getByRole('button', { name: 'Save and continue' }).click();
    await second.waitForURL('**/review');
    await second.goto(question);
    expect(await second.getByLabel(other ?? '').isChecked()).to.equal(true);
    open.expectQuiet();
    await open.close();
  });

  it('half an answer is kept, and the other half asked for', async () => {
    const { open, question } = await asked('true-false');
    const { page } = open;
    await page.goto(question);
    await page.getByLabel('False', { exact: true }).check();
    await reach(page, page => page.getByRole('button', { name: 'Save and continue' }).click());
    await page
      .getByRole('alert')
      .getByText('Half of the answer is saved. Choose the other half, too.')
      .waitFor();
    expect(await page.getByLabel('False', { exact: true }).isChecked()).to.equal(true);
    await page.locator('[name=reason]').first().check();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.waitForURL('**/review');
    open.expectQuiet();
    await open.close();
  });
});

/** A learner before a quiz of one question of this kind. */
async function asked(kind: string): Promise<{ open: Visit; question: string }> {
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  await readLessons(cycle, 'foundations');
  const quiz = await quizIn(cycle, 'foundations');
  const item = quiz.items.find(({ type }) => type === kind);
  if (!item) throw new Error(`The bank holds no question of the kind ${kind}`);
  const { id } = await attemptWith(cycle, quiz, [item]);
  return { open: await visit(learner.browser), question: `/attempts/${id}/questions/1` };
}

/** Do something that leads to a page, and inspect that page. */
async function reach(page: Page, act: (page: Page) => Promise<void>): Promise<void> {
  const isPage = (answer: Response) => answer.request().isNavigationRequest() && answer.status() !== 303;
  const [answer] = await Promise.all([page.waitForResponse(isPage), act(page)]);
  await page.waitForLoadState();
  await inspect(page, await answer.text());
}
