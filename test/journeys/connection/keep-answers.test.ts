import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { NEUTRAL_PLACE } from '../../../server/platform/http/security/security.js';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { signedIn } from '../../support/people.js';
import { enrolled, quizIn, withFirstCase } from '../../support/walk.js';
import { count, write } from '../../support/rows.js';
import { rightAnswer } from '../../support/answers.js';
import { send } from '../../support/pages.js';
import { keyboard } from '../browsing/hand.js';
import { atPage, choose, kept, learnerWith } from '../browsing/open-attempt.js';
import { saidDecision, saidFirst } from '../browsing/said-first.js';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

const NOT_SAVED = saidFirst('saving.waiting');
const SAVED = saidFirst('saving.saved');

/** In a lift, in a tunnel, with two tabs: no answer is lost, and none is called saved that is not. */
describe('an answer that is being sent', () => {
  ownWorld();

  it('waits on the device without a connection, shows that, and is sent without a reload when the connection returns', async () => {
    const { page, open, attempt, save, stored, right } = await atQuestion('single');
    await page.evaluate('window.sameWindow = true');
    await open.context.setOffline(true);
    await choose(page, right(1));
    await save();
    await told(page, NOT_SAVED);
    expect(await look(page), 'stands out').to.include('clay');
    expect(await stored()).to.deep.equal([]);
    expect(await kept(page)).to.equal(1);
    await open.context.setOffline(false);
    await told(page, SAVED);
    expect(await look(page))
      .to.include('good')
      .and.not.include('clay');
    expect(await stored()).to.deep.equal([right(1)]);
    expect(await kept(page)).to.equal(0);
    expect(await page.evaluate('window.sameWindow'), 'the page is the same').to.equal(true);
    await save();
    await page.waitForURL('**/review');
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
    await open.close();
  });

  it('is sent again when the confirmation was lost, and is saved once', async () => {
    const { page, open, attempt, save, right } = await atQuestion('single');
    await dropOneReply(page);
    await choose(page, right(1));
    const again = page.waitForResponse(answer => answer.url().endsWith('/answers/1'));
    await save();
    await told(page, NOT_SAVED);
    expect(((await (await again).json()) as { kind: string }).kind).to.equal('same');
    await told(page, SAVED);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
    await open.close();
  });

  it('stays in order: a change made while the first one is being sent is sent after it', async () => {
    const { page, open, attempt, save, stored, right, wrong } = await atQuestion('single');
    await dropOneReply(page);
    await choose(page, wrong(1));
    await save();
    await told(page, NOT_SAVED);
    await choose(page, right(1));
    await save();
    await page.waitForURL('**/review');
    expect(await stored()).to.deep.equal([right(1)]);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(2);
    await open.close();
  });

  it('is not shown as saved because some response arrived', async () => {
    const { page, open, save, stored, right } = await atQuestion('single');
    // The page that a hotel or an airport puts in place of every other one.
    await page.route('**/answers/1', route =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Welcome to our network</p>' }),
    );
    await choose(page, right(1));
    await save();
    await told(page, NOT_SAVED);
    expect(await stored()).to.deep.equal([]);
    expect(await kept(page)).to.equal(1);
    await open.close();
  });

  it('is sent from the next page when its own was closed', async () => {
    const { page, open, path, save, stored, right } = await atQuestion('single');
    await open.context.setOffline(true);
    await choose(page, right(1));
    await save();
    await told(page, NOT_SAVED);
    await page.close();
    await open.context.setOffline(false);
    const next = await open.context.newPage();
    await next.goto(path);
    await told(next, SAVED);
    const chosen = next.locator(`[name=choice][value="${String(right(1).choice)}"]`);
    expect(await chosen.isChecked(), 'it is shown').to.equal(true);
    expect(await stored()).to.deep.equal([right(1)]);
    expect(await kept(next)).to.equal(0);
    await open.close();
  });

  it('waits for its owner to sign in again', async () => {
    const { page, open, learner, save, stored, right } = await atQuestion('single');
    await choose(page, right(1));
    // The same session, ended elsewhere.
    await send(learner.browser, '/sign-out');
    await save();
    await told(page, 'you are signed out');
    expect(await kept(page)).to.equal(1);
    const other = await open.context.newPage();
    await other.goto('/sign-in');
    await other.getByLabel(said('accounts.email')).fill(learner.email);
    await other.getByLabel(said('accounts.password'), { exact: true }).fill(learner.password);
    await other.getByRole('button', { name: said('signIn.button'), exact: true }).click();
    await other.waitForURL('**/learning');
    await told(page, SAVED);
    expect(await stored()).to.deep.equal([right(1)]);
    await open.close();
  });

  it('is refused on the server’s page when its tab is stale, and does not stay on the device', async () => {
    const { page, open, path, save, stored, right, wrong } = await atQuestion('single');
    const second = await open.context.newPage();
    await second.goto(path);
    await choose(page, right(1));
    await save();
    await page.waitForURL('**/review');
    await choose(second, wrong(1));
    await second.getByRole('button', { name: said('question.save') }).click();
    await second
      .getByRole('alert')
      .getByText(said('question.staleYours', { answer: '' }))
      .waitFor();
    expect(await stored()).to.deep.equal([right(1)]);
    await expectEmpty(second);
    await open.close();
  });

  it('to a case is saved once, too, and the case continues from there', async () => {
    const learner = await signedIn();
    const cycle = await enrolled(learner, 'volunteers');
    const { id, form } = await startAttempt(cycle, withFirstCase(await quizIn(cycle, 'final')), Date.now());
    const open = await visit(learner.browser);
    const { page } = open;
    await page.goto(`/attempts/${id}/questions/${form.length}`);
    await dropOneReply(page, form.length);
    await page.locator('[name=choice]').first().check();
    const save = page.getByRole('button', { name: said('case.save') });
    await save.click();
    await told(page, SAVED);
    await save.click();
    await page.getByText(saidDecision(2)).waitFor();
    expect(await count('attempt_answers where attempt_id = $1', [id])).to.equal(1);
    await open.close();
  });

  it('is refused after the attempt was submitted, and the page tells the learner', async () => {
    const { page, open, attempt, save, stored, right } = await atQuestion('single');
    await write('update attempts set submitted_at = 1, passed = $1, points = 0 where id = $2', [
      false,
      attempt.id,
    ]);
    await choose(page, right(1));
    await save();
    await told(page, saidFirst('saving.closed'));
    expect(await page.locator('.state a').getAttribute('href')).to.equal(`/attempts/${attempt.id}`);
    expect(await stored()).to.deep.equal([]);
    await expectEmpty(page);
    await open.close();
  });

  describe('does not stay on the device', () => {
    it('after "Leave this page", with or without a connection, and no question is asked', async () => {
      for (const offline of [false, true]) {
        const { page, open } = await waiting();
        const asked = dialogsOf(page);
        await page.route(NEUTRAL_PLACE, route =>
          route.fulfill({ contentType: 'text/html', body: 'An ordinary page' }),
        );
        const other = await open.context.newPage();
        await other.goto('/leaving');
        expect(await kept(other)).to.equal(1);
        await open.context.setOffline(offline);
        await page.getByRole('button', { name: said('frame.leave') }).click();
        await page.getByText('An ordinary page').waitFor();
        expect(asked).to.deep.equal([]);
        await expectEmpty(other);
        await open.close();
      }
    });

    it('after signing out, which first warns that an answer is waiting', async () => {
      const { page, open } = await waiting();
      const asked = dialogsOf(page);
      const signOut = page.getByRole('button', { name: said('frame.signOut') });
      await signOut.click();
      await told(page, said('saving.discard'));
      expect(await kept(page)).to.equal(1);
      await signOut.click();
      await page.waitForURL(url => !url.pathname.startsWith('/attempts'));
      expect(asked).to.deep.equal([]);
      await expectEmpty(page);
      await open.close();
    });
  });

  it('asks before another page is opened', async () => {
    const { page, open } = await waiting();
    const asked = page.waitForEvent('dialog');
    // A page that nobody has touched is never asked about.
    void page.goto('/learning').catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).to.equal('beforeunload');
    await dialog.dismiss();
    await open.close();
  });
});

describe('all questions on one page', () => {
  ownWorld();

  it('saves each answer as it is given, and shows that beside it', async () => {
    const { page, open, stored, right } = await atPage(['single', 'multiple', 'true-false']);
    await choose(page, right(1), 1);
    await page.locator('#question-1').getByText(SAVED).waitFor();
    await told(page, `${said('saving.question').replace('#', '1')}: ${SAVED}`);
    await page.locator(`[name=s3-truth]`).first().check();
    await page.locator('#question-3').getByText(saidFirst('question.problem.half')).waitFor();
    expect((await stored()).map(answer => Object.keys(answer))).to.deep.equal([['choice'], ['truth']]);
    open.expectQuiet();
    await open.close();
  });

  it('marks the question that was answered in another tab, and shows the other answer on saving', async () => {
    const { page, open, path, stored, right, wrong } = await atPage(['single', 'single']);
    const second = await open.context.newPage();
    await second.goto(path);
    await choose(page, right(1), 1);
    await page.locator('#question-1').getByText(SAVED).waitFor();
    await choose(second, wrong(1), 1);
    await second.locator('#question-1').getByText(said('saving.stale')).waitFor();
    await choose(second, right(2), 2);
    await second.locator('#question-2').getByText(SAVED).waitFor();
    await second.getByRole('button', { name: said('onePage.save'), exact: true }).click();
    await second
      .getByRole('alert')
      .getByText(said('onePage.mend', { position: 1, problem: said('onePage.stale') }))
      .waitFor();
    await second
      .locator('#question-1')
      .getByText(said('question.staleYours', { answer: '' }))
      .waitFor();
    expect(await stored()).to.deep.equal([right(1), right(2)]);
    await expectEmpty(second);
    await open.close();
  });

  for (const javaScriptEnabled of [true, false]) {
    it(`works with nothing but a keyboard on a narrow screen, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const { page, open, items, stored } = await atPage(['single', 'multiple', 'true-false'], {
        javaScriptEnabled,
        viewport: { width: 360, height: 740 },
      });
      const hand = keyboard(page);
      for (const [index, item] of items.entries()) {
        for (const [name, values] of Object.entries(rightAnswer(item))) {
          for (const value of [values].flat()) {
            await hand.choose(page.locator(`[name="s${index + 1}-${name}"][value="${value}"]`));
          }
        }
      }
      await hand.press(page.getByRole('button', { name: said('onePage.review') }));
      await page.waitForURL('**/review?view=page');
      expect(await stored()).to.deep.equal(items.map(item => rightAnswer(item)));
      open.expectQuiet();
      await open.close();
    });
  }
});

async function atQuestion(kind: string) {
  const there = await learnerWith([kind], {});
  const path = `/attempts/${there.attempt.id}/questions/1`;
  await there.page.goto(path);
  const save = () => there.page.getByRole('button', { name: said('question.save') }).click();
  return { ...there, path, save };
}

/** An answer that cannot be sent. */
async function waiting() {
  const there = await atQuestion('single');
  await there.page.route('**/answers/1', route => route.abort());
  await choose(there.page, there.right(1));
  await there.save();
  await told(there.page, NOT_SAVED);
  return there;
}

/** The next answer is committed, and the reply to it never arrives. */
async function dropOneReply(page: Page, slot = 1): Promise<void> {
  await page.route(
    `**/answers/${slot}`,
    async route => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
}

const told = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();

/** How the state beside the question looks. */
const look = (page: Page) => page.locator('.state[role=status]').getAttribute('class');

/** What the browser asked, such as whether the page may be left. */
function dialogsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('dialog', dialog => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  return asked;
}

/** The part of a browser that these tests look into. */
interface Device {
  readonly localStorage: { readonly length: number };
}

/** Nothing, once the page has done what it is about to do. A function: pages forbid text to be run as a script. */
async function expectEmpty(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as unknown as Device).localStorage.length === 0);
}
