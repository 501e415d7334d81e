import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import type { Item } from '../../server/teaching/questions/item.js';
import { startAttempt } from '../../server/teaching/quizzes/attempts/start/start.js';
import { ada, signedIn } from '../support/people.js';
import { atRows } from '../support/quizzes/row-items.js';
import { attemptWith, enrolled, quizIn, readLessons, withFirstCase } from '../support/walk.js';
import { rightAnswer } from '../support/answers.js';
import { keyboard } from './browsing/hand.js';
import { inspect } from './looks/inspect.js';
import { saidDecision } from './browsing/said-first.js';
import { visit, type Visit } from './browsing/visit.js';
import { said, titleSaid } from '../support/said.js';
import { ownWorld } from '../support/world.js';

/** What people get wrong, and how the pages help: what was typed stays, and the page says what to do. */
describe('wrong input', () => {
  ownWorld();
  it('an empty form names each field, and links to it', async () => {
    const { page, expectQuiet, close } = await visit(null);
    await page.goto('/sign-up');
    await page.getByLabel(said('accounts.email')).fill('ada at example');
    await reach(page, page => page.getByRole('button', { name: said('signUp.button') }).click());
    expect(await page.title()).to.equal(titleSaid('signUp.heading', { isRefused: true }));
    const summary = page.getByRole('alert');
    expect(await page.locator(':focus').getByRole('alert').count(), 'the focus is on it').to.equal(1);
    expect(await summary.getByRole('link').allInnerTexts()).to.deep.equal([
      said('errors.name'),
      said('errors.email'),
      said('errors.password-short'),
    ]);
    await summary.getByRole('link', { name: said('errors.name') }).click();
    expect(await page.getByLabel(said('accounts.name')).and(page.locator(':focus')).count()).to.equal(1);
    expect(await page.getByLabel(said('accounts.email')).inputValue()).to.equal('ada at example');
    expect(await page.getByLabel(said('accounts.password'), { exact: true }).inputValue()).to.equal('');
    expectQuiet();
    await close();
  });

  it('a wrong password reveals no more than that, and the address stays', async () => {
    const { email } = await signedIn();
    const { page, close } = await visit(null);
    await page.goto('/sign-in');
    await page.getByLabel(said('accounts.email')).fill(email);
    await page.getByLabel(said('accounts.password'), { exact: true }).fill('not the password at all');
    await reach(page, page => page.getByRole('button', { name: said('signIn.button'), exact: true }).click());
    await page.getByRole('alert').getByText(said('errors.sign-in')).waitFor();
    expect(await page.getByLabel(said('accounts.email')).inputValue()).to.equal(email);
    await close();
  });

  it('a malformed number stays in the field; an unknown one is not found', async () => {
    const { page, expectQuiet, close } = await visit(null);
    await page.goto('/verify');
    await page.getByLabel(said('components.number')).fill('1234');
    await reach(page, page =>
      page.getByRole('button', { name: said('components.check'), exact: true }).click(),
    );
    await page.getByRole('alert').getByText(said('errors.code')).waitFor();
    expect(await page.getByLabel(said('components.number')).inputValue()).to.equal('1234');
    await page.getByLabel(said('components.number')).fill('0000 0000 0000 0000');
    await reach(page, page =>
      page.getByRole('button', { name: said('components.check'), exact: true }).click(),
    );
    await page.getByRole('heading', { level: 1, name: said('verify.unknown') }).waitFor();
    expectQuiet();
    await close();
  });

  it('a question answered in two tabs: the stale tab is told, with what was chosen there', async () => {
    const { open, question } = await asked('single');
    const [first, second] = [open.page, await open.context.newPage()];
    await first.goto(question);
    await second.goto(question);
    await first.bringToFront();
    const [chosen, other] = await first.locator('.choice').allInnerTexts();
    await first.getByLabel(chosen ?? '').check();
    await first.getByRole('button', { name: said('question.save') }).click();
    await first.waitForURL('**/review');

    await second.bringToFront();
    await second.getByLabel(other ?? '').check();
    await reach(second, page => page.getByRole('button', { name: said('question.save') }).click());
    const told = second.getByRole('alert');
    await told.getByText(said('question.staleTitle')).waitFor();
    await told.getByText(said('question.staleYours', { answer: other ?? '' })).waitFor();
    expect(await second.getByLabel(chosen ?? '').isChecked(), 'the saved answer is shown').to.equal(true);

    await second.getByLabel(other ?? '').check();
    await second.getByRole('button', { name: said('question.save') }).click();
    await second.waitForURL('**/review');
    await second.goto(question);
    expect(await second.getByLabel(other ?? '').isChecked()).to.equal(true);
    open.expectQuiet();
    await open.close();
  });

  it('half an answer is kept, and the other half is asked for', async () => {
    const { open, question } = await asked('true-false');
    const { page } = open;
    await page.goto(question);
    await page.getByLabel(said('question.false'), { exact: true }).check();
    await reach(page, page => page.getByRole('button', { name: said('question.save') }).click());
    await page.getByRole('alert').getByText(said('question.lack.reason')).waitFor();
    expect(await page.getByLabel(said('question.false'), { exact: true }).isChecked()).to.equal(true);
    await page.locator('[name=reason]').first().check();
    await page.getByRole('button', { name: said('question.save') }).click();
    await page.waitForURL('**/review');
    open.expectQuiet();
    await open.close();
  });

  for (const kind of ['ordering', 'matching'] as const) {
    it(`${kind}, with a keyboard alone on a narrow screen: rows are kept, open ones are named, then completed`, async () => {
      const { browser, attempt, items } = await atRows([kind]);
      const open = await visit(browser, { viewport: { width: 360, height: 740 } });
      const { page } = open;
      const hand = keyboard(page);
      const save = page.getByRole('button', { name: said('question.save') });
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

  for (const javaScriptEnabled of [true, false])
    it(`a decision, with a keyboard alone on the smallest screen: each half is asked for (script: ${javaScriptEnabled})`, async () => {
      const { browser, attempt } = await atRows(['decision']);
      const open = await visit(browser, { viewport: { width: 320, height: 640 }, javaScriptEnabled });
      const { page } = open;
      const hand = keyboard(page);
      const question = `/attempts/${attempt.id}/questions/1`;
      const choice = (name: string, value: string) => page.locator(`[name=${name}][value=${value}]`);
      const save = page.getByRole('button', { name: said('question.save') });
      const refusedFor = async (half: string, problem: string) => {
        if (javaScriptEnabled) await reach(page, () => hand.press(save));
        else await Promise.all([page.waitForEvent('load'), hand.press(save)]);
        const summary = page.getByRole('alert');
        const hasFocus = await page.locator(':focus').getByRole('alert').count();
        expect(hasFocus, 'a script puts the focus on what is to be mended').to.equal(
          javaScriptEnabled ? 1 : 0,
        );
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(320);
        await hand.press(summary.getByRole('link', { name: problem }));
        const focused = page.locator(':focus');
        expect(await focused.getAttribute('name')).to.equal(half);
        const group = page.locator('fieldset').filter({ has: focused });
        expect(await group.getAttribute('aria-describedby')).to.equal(`${half}-error`);
        expect(await page.locator(`#${half}-error`).innerText()).to.include(problem);
      };
      await page.goto(question);
      await refusedFor('disposition', said('question.problem.missing'));
      await hand.choose(choice('disposition', 'tell'));
      await refusedFor('fact', said('decision.lack.fact'));
      expect(await choice('disposition', 'tell').isChecked(), 'the first half stays').to.equal(true);
      await hand.choose(choice('fact', 'a'));
      await hand.press(save);
      await page.waitForURL('**/review');
      await page.goto(question);
      for (const [name, value] of [
        ['disposition', 'tell'],
        ['fact', 'a'],
      ] as const)
        expect(await choice(name, value).isChecked()).to.equal(true);
      const all = async () => void (await page.goto(`/attempts/${attempt.id}/questions`));
      if (javaScriptEnabled) await reach(page, all);
      open.expectQuiet();
      await open.close();
    });

  it('each row has a name: the step with the word Place, the prompt of a pair', async () => {
    const { browser, attempt } = await atRows(['ordering', 'matching']);
    const { page, close } = await visit(browser, { javaScriptEnabled: false });
    await page.goto(`/attempts/${attempt.id}/questions/1`);
    await page
      .getByRole('combobox', { name: 'Give your note to the person who asks for it. Place' })
      .waitFor();
    await page.goto(`/attempts/${attempt.id}/questions/2`);
    await page.getByRole('combobox', { name: said('report.field.behaviour.label') }).waitFor();
    await close();
  });

  it('a case without a choice asks for one, in practice as in the final', async () => {
    const { open, practice, exam } = await beforeCases();
    const { page } = open;
    for (const [address, button] of [
      [practice, said('case.see')],
      [exam, said('case.save')],
    ] as const) {
      await page.goto(address);
      await reach(page, page => page.getByRole('button', { name: button }).click());
      const summary = page.getByRole('alert');
      expect(await page.locator(':focus').getByRole('alert').count(), 'the focus is on it').to.equal(1);
      await summary.getByRole('link', { name: said('question.problem.missing') }).click();
      expect(await page.locator('[name=choice]').first().and(page.locator(':focus')).count()).to.equal(1);
    }
    open.expectQuiet();
    await open.close();
  });

  it('a case decided in two tabs: the stale tab is told, and continues from where the case stands', async () => {
    const { open, exam } = await beforeCases();
    const [first, second] = [open.page, await open.context.newPage()];
    await first.goto(exam);
    await second.goto(exam);
    await first.bringToFront();
    const [chosen, other] = await first.locator('.choice').allInnerTexts();
    await first.getByLabel(chosen ?? '').check();
    await first.getByRole('button', { name: said('case.save') }).click();
    await first.getByText(saidDecision(2)).waitFor();

    await second.bringToFront();
    await second.getByLabel(other ?? '').check();
    await reach(second, page => page.getByRole('button', { name: said('case.save') }).click());
    const told = second.getByRole('alert');
    await told.getByText(said('case.staleTitle')).waitFor();
    await told.getByText(said('question.staleYours', { answer: other ?? '' })).waitFor();
    await second.getByText(saidDecision(2)).waitFor();
    await second.locator('.choice').first().click();
    await second.getByRole('button', { name: said('case.save') }).click();
    await second.getByText(saidDecision(3)).waitFor();
    open.expectQuiet();
    await open.close();
  });
});

/** A learner before the case of a module, and before that of an open final. */
async function beforeCases(): Promise<{ open: Visit; practice: string; exam: string }> {
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  const { id, form } = await startAttempt(cycle, withFirstCase(await quizIn(cycle, 'final')), Date.now());
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
