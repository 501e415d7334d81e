import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import type { Item } from '../../server/questions/item.js';
import { startAttempt } from '../../server/quizzes/attempts/start.js';
import { ada, signedIn } from '../support/people.js';
import { atRows } from '../support/quizzes/row-items.js';
import { attemptWith, enrolled, quizIn, readLessons, rightAnswer } from '../support/walk.js';
import { keyboard } from './browsing/hand.js';
import { inspect } from './looks/inspect.js';
import { visit, type Visit } from './browsing/visit.js';
import { ownWorld } from '../support/world.js';

/** What people get wrong, and how the pages help: what was typed stays, and the page says what to do. */
describe('wrong input', () => {
  ownWorld();
  it('an empty form names each field, and takes the reader there', async () => {
    const { page, expectQuiet, close } = await visit(null);
    await page.goto('/sign-up');
    await page.getByLabel('E-mail address').fill('ada at example');
    await reach(page, page => page.getByRole('button', { name: 'Create account' }).click());
    expect(await page.title()).to.equal('Error: Training');
    const summary = page.getByRole('alert');
    expect(await page.locator(':focus').getByRole('alert').count(), 'the focus is on it').to.equal(1);
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
    await reach(page, page => page.getByRole('button', { name: 'Check', exact: true }).click());
    await page.getByRole('alert').getByText('Enter the 16 letters and numbers of the certificate.').waitFor();
    expect(await page.getByLabel('Certificate number').inputValue()).to.equal('1234');
    await page.getByLabel('Certificate number').fill('0000 0000 0000 0000');
    await reach(page, page => page.getByRole('button', { name: 'Check', exact: true }).click());
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
      .getByText('Choose a reason. What you said of the statement is saved.')
      .waitFor();
    expect(await page.getByLabel('False', { exact: true }).isChecked()).to.equal(true);
    await page.locator('[name=reason]').first().check();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.waitForURL('**/review');
    open.expectQuiet();
    await open.close();
  });

  for (const kind of ['ordering', 'matching'] as const) {
    it(`${kind}, with nothing but a keyboard on a narrow screen: rows are kept, the open ones named, then mended`, async () => {
      const { browser, attempt, items } = await atRows([kind]);
      const open = await visit(browser, { viewport: { width: 360, height: 740 } });
      const { page } = open;
      const hand = keyboard(page);
      const save = page.getByRole('button', { name: 'Save and continue' });
      await page.goto(`/attempts/${attempt.id}/questions/1`);
      const right = Object.entries(rightAnswer(items[0] as Item)).map(
        ([name, value]) => [name, String(value)] as const,
      );
      const rows = page.locator('main select');
      for (const row of await rows.all()) {
        expect((await row.boundingBox())?.height, 'high enough for a finger').to.be.at.least(44);
      }
      const names = (await rows.all()).map(row => row.getAttribute('name'));
      const [first = '', second = ''] = (await Promise.all(names)).map(String);
      const [, value] = right.find(([name]) => name === first) ?? [];
      for (const name of [first, second]) await hand.pick(page.locator(`#${name}`), value ?? '');
      await reach(page, () => hand.press(save));
      expect(await page.locator('select[aria-invalid]').count()).to.equal(right.length);
      expect(await page.locator(`#${second}`).inputValue(), 'what was chosen stays').to.equal(value);
      await hand.press(page.getByRole('alert').getByRole('link'));
      expect(await page.locator(`#${first}:focus`).count(), 'the link leads to the first row').to.equal(1);

      for (const [name, value] of right) await hand.pick(page.locator(`#${name}`), value);
      await hand.press(save);
      await page.waitForURL('**/review');
      await page.goto(`/attempts/${attempt.id}/questions/1`);
      for (const [name, value] of right) expect(await page.locator(`#${name}`).inputValue()).to.equal(value);
      open.expectQuiet();
      await open.close();
    });
  }

  it('a row says what it is about: the step with the word Place, the line of a pair', async () => {
    const { browser, attempt } = await atRows(['ordering', 'matching']);
    const { page, close } = await visit(browser, { javaScriptEnabled: false });
    await page.goto(`/attempts/${attempt.id}/questions/1`);
    await page
      .getByRole('combobox', { name: 'Give your note to the person who asks for it. Place' })
      .waitFor();
    await page.goto(`/attempts/${attempt.id}/questions/2`);
    await page.getByRole('combobox', { name: 'Behaviour' }).waitFor();
    await close();
  });

  it('a case without a choice asks for one, in practice as in the final', async () => {
    const { open, practice, exam } = await beforeCases();
    const { page } = open;
    for (const [address, button] of [
      [practice, 'See what happens'],
      [exam, 'Save this decision'],
    ] as const) {
      await page.goto(address);
      await reach(page, page => page.getByRole('button', { name: button }).click());
      const summary = page.getByRole('alert');
      expect(await page.locator(':focus').getByRole('alert').count(), 'the focus is on it').to.equal(1);
      await summary.getByRole('link', { name: 'Choose an answer.' }).click();
      expect(await page.locator('[name=choice]').first().and(page.locator(':focus')).count()).to.equal(1);
    }
    open.expectQuiet();
    await open.close();
  });

  it('a case decided in two tabs: the one behind is told, and goes on from where the case stands', async () => {
    const { open, exam } = await beforeCases();
    const [first, second] = [open.page, await open.context.newPage()];
    await first.goto(exam);
    await second.goto(exam);
    await first.bringToFront();
    const [chosen, other] = await first.locator('.choice').allInnerTexts();
    await first.getByLabel(chosen ?? '').check();
    await first.getByRole('button', { name: 'Save this decision' }).click();
    await first.getByText('decision 2 of').waitFor();

    await second.bringToFront();
    await second.getByLabel(other ?? '').check();
    await reach(second, page => page.getByRole('button', { name: 'Save this decision' }).click());
    const told = second.getByRole('alert');
    await told.getByText('This decision was made in another tab').waitFor();
    await told.getByText(`In this tab you chose: ${other ?? ''}`).waitFor();
    await second.getByText('decision 2 of').waitFor();
    await second.locator('.choice').first().click();
    await second.getByRole('button', { name: 'Save this decision' }).click();
    await second.getByText('decision 3 of').waitFor();
    open.expectQuiet();
    await open.close();
  });
});

/** A learner before the case of a module, and before that of an open final. */
async function beforeCases(): Promise<{ open: Visit; practice: string; exam: string }> {
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  const { id, form } = await startAttempt(cycle, await quizIn(cycle, 'final'), Date.now());
  return {
    open: await visit(learner.browser),
    practice: `/learning/${cycle.id}/modules/foundations/case`,
    exam: `/attempts/${id}/questions/${form.length}`,
  };
}

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
