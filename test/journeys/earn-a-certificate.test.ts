import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Content } from '../../server/teaching/content/schema/types.js';
import { findCycle } from '../../server/teaching/learning/enrolments.js';
import { dina, PASSWORD } from '../support/people.js';
import { almostThrough } from '../support/walk.js';
import { keyboard, pointer, type Hand } from './browsing/hand.js';
import { addressOn, downloaded } from './browsing/printed.js';
import { takeQuizByHand, workThroughByHand, type Taker } from './browsing/quiz-by-hand.js';
import { mailedLink } from '../people/accounts/mailed-links.js';
import { visit, type Visit } from './browsing/visit.js';
import { said } from '../support/said.js';
import { ownWorld, world } from '../support/world.js';
import { ownContent } from '../support/content/own-content.js';
import { onSqliteOnly } from '../support/dialect.js';

const NAME = 'Ada Marlow';

interface Learner extends Taker {
  readonly visit: Visit;
}

/** The main job of the product, as people do it: from the first page to a certificate that a stranger checks. */
describe('earning a certificate', function () {
  ownWorld();
  let content: Content;
  let folder: string;

  before(() => {
    const loaded = ownContent();
    content = loaded.content;
    folder = mkdtempSync(join(tmpdir(), 'safe-passage-journey-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('takes a learner from the home page to a certificate that a stranger finds valid until it is revoked', async () => {
    const learner = await arrive(() => pointer);
    await signUp(learner);
    await learn(learner, { failsFirst: true });
    const pdf = await downloaded(learner.page, folder);
    const address = await addressOn(pdf);

    const stranger = await visit(null);
    await stranger.page.goto(address);
    await expectHeading(stranger.page, said('verify.valid'));
    await stranger.page.getByLabel(said('verify.name')).fill('ada  MARLOW');
    await stranger.page.getByRole('button', { name: said('verify.compare') }).click();
    await stranger.page.getByText(said('verify.same')).waitFor();

    await withdraw(new URL(address).pathname.split('/').at(-1) ?? '');
    await stranger.page.goto(address);
    await expectHeading(stranger.page, said('verify.notValid'));
    const told = await stranger.page.locator('main').innerText();
    expect(told).to.include(said('reason.issued-in-error')).and.not.include('A••');
    stranger.expectQuiet();
    await stranger.close();
    learner.visit.expectQuiet();
    await learner.visit.close();
  });

  onSqliteOnly.it('works without JavaScript', async () => {
    const learner = await arrive(() => pointer, { javaScriptEnabled: false });
    await signUp(learner);
    await learn(learner);
    const address = await addressOn(await downloaded(learner.page, folder));
    await learner.page.goto(address);
    await expectHeading(learner.page, said('verify.valid'));
    learner.visit.expectQuiet();
    await learner.visit.close();
  });

  onSqliteOnly.it('works with nothing but a keyboard, on a narrow screen', async () => {
    const learner = await arrive(keyboard, { viewport: { width: 360, height: 740 } });
    await signUp(learner);
    await learn(learner);
    const address = await shownAddress(learner.page);
    await learner.page.goto(address);
    await expectHeading(learner.page, said('verify.valid'));
    learner.visit.expectQuiet();
    await learner.visit.close();
  });

  async function arrive(hand: (page: Page) => Hand, options?: BrowserContextOptions): Promise<Learner> {
    const learner = await visit(null, options);
    return { visit: learner, page: learner.page, hand: hand(learner.page), content };
  }
});

/** From the start page to being signed in, by way of the mailed link. */
async function signUp({ page, hand }: Learner): Promise<void> {
  const email = `ada-${Date.now()}-${Math.trunc(Math.random() * 1e6)}@example.org`;
  await page.goto('/');
  await hand.press(page.getByRole('link', { name: said('home.start') }));
  await hand.press(page.getByRole('link', { name: /volunteers/i }));
  await hand.press(page.getByRole('link', { name: said('about.signUp') }));
  await hand.fill(page.getByLabel(said('accounts.name')), NAME);
  await hand.fill(page.getByLabel(said('accounts.email')), email);
  await hand.fill(page.getByLabel(said('accounts.password'), { exact: true }), PASSWORD);
  await hand.press(page.getByRole('button', { name: said('signUp.button') }));
  await expectHeading(page, said('checkMail.heading'));
  await page.goto(await mailedLink(email, '/confirm'));
  await hand.fill(page.getByLabel(said('accounts.password'), { exact: true }), PASSWORD);
  await hand.press(page.getByRole('button', { name: said('confirmAddress.button') }));
  await page.getByText(said('myCourses.confirmed')).waitFor();
  // The course that was chosen before signing up is the next page.
  await expectHeading(page, /volunteers/i);
}

/** The whole course: its first module and its last quiz by hand, the middle without a screen. */
async function learn(learner: Learner, { failsFirst = false } = {}): Promise<void> {
  const { page, hand } = learner;
  await hand.press(page.getByRole('button', { name: said('about.start') }));
  await expectHeading(page, /volunteers/i);
  const home = page.url();
  await page.goto(`${home}/modules/see-respond-report/lessons/00-essentials`);
  await answerFromMemory(learner);
  await page.goto(home);
  await hand.press(page.getByRole('link', { name: said('course.start'), exact: true }));
  await hand.press(page.getByRole('button', { name: said('lesson.next', { title: '' }) }));

  await expectHeading(page, /Foundations/);
  if (failsFirst) await fail(learner);
  await takeQuizByHand(learner, 'right');
  await expectHeading(page, said('result.passedModule'));

  const cycle = await findCycle(home.split('/').at(-1));
  if (!cycle) throw new Error(`No cycle at ${home}`);
  const last = learner.content.final ? 'final' : 'volunteering';
  await almostThrough(cycle, [last]);
  await page.goto(home);
  await hand.press(page.getByRole('link', { name: said('about.continue') }));
  await confirmName(learner);
  await takeQuizByHand(learner, 'right');
  await expectHeading(page, said('result.completed'));
  // A slow machine may show the result before the certificate is issued.
  await world().worker.drain();
  await page.reload();
  await page.getByRole('heading', { name: NAME }).waitFor();
}

/** A quiz that is not passed, what its result asks for, and the way to the next attempt. */
async function fail(learner: Learner): Promise<void> {
  const { page, hand } = learner;
  await takeQuizByHand(learner, 'wrong');
  await expectHeading(page, said('result.notYet'));
  await page.getByRole('heading', { name: said('result.readThen') }).waitFor();
  const result = page.url();
  await hand.press(page.getByRole('link', { name: said('result.read', { title: '' }).slice(0, -1) }));
  await page.waitForURL('**/lessons/*');
  await page.goto(result);
  await workThroughByHand(learner);
  await page.goto(result);
  await hand.press(page.getByRole('link', { name: said('result.tryNow') }));
}

/** Before the final: change the name, look at it, and take the first one after all. */
async function confirmName({ page, hand }: Learner): Promise<void> {
  await hand.press(page.getByRole('link', { name: said('naming.first') }));
  await expectHeading(page, said('naming.heading'));
  const card = page.getByRole('region', { name: said('naming.preview') });
  await card.getByText(NAME).waitFor();
  await hand.fill(page.getByLabel(said('naming.label')), 'Ada Brandt');
  await hand.press(page.getByRole('button', { name: said('naming.confirm') }));
  // Another name than the one that was shown is shown first.
  await card.getByText('Ada Brandt').waitFor();
  await hand.fill(page.getByLabel(said('naming.label')), NAME);
  await hand.press(page.getByRole('button', { name: said('naming.show') }));
  await card.getByText(NAME).waitFor();
  await hand.press(page.getByRole('button', { name: said('naming.confirm') }));
  await page.waitForURL('**/quizzes/**');
}

/** Answer what a lesson asks from memory, and see why. */
async function answerFromMemory({ page, hand }: Learner): Promise<void> {
  const check = page.locator('form[action*="/checks/"]:has(input[name=choice])').first();
  await hand.choose(check.locator('input[type=radio]').nth(1));
  await hand.press(check.getByRole('button', { name: said('components.checkAnswer') }));
  const verdict = check.getByRole('status');
  const wrong = verdict.getByText(said('components.notTheBest'), { exact: true });
  await verdict.getByText(said('components.right'), { exact: true }).or(wrong).waitFor();
  await verdict.locator('p + p').filter({ hasText: /\w/ }).waitFor();
}

const shownAddress = (page: Page): Promise<string> => page.locator('[data-copy] + input').inputValue();

/** An administrator finds the certificate by its number and withdraws it. */
async function withdraw(code: string): Promise<void> {
  const office = await visit((await dina()).browser);
  const { page } = office;
  await page.goto('/learning');
  await page.getByRole('link', { name: said('frame.administration') }).click();
  await page
    .getByRole('navigation', { name: said('frame.administration') })
    .getByRole('link', { name: said('frame.certificates') })
    .click();
  await page.getByLabel(said('admin.find')).fill(code.toLowerCase());
  await page.getByRole('button', { name: said('admin.search') }).click();
  await page.getByRole('link', { name: NAME }).click();
  await page.getByRole('link', { name: said('rulings.revocation.heading') }).click();
  await page.getByRole('button', { name: said('rulings.revocation.button') }).click();
  await page.getByRole('alert').getByText(said('errors.reason')).waitFor();
  await page.getByLabel(said('reason.issued-in-error')).check();
  await page.getByLabel(said('rulings.revocation.sure', { holder: NAME })).check();
  await page.getByRole('button', { name: said('rulings.revocation.button') }).click();
  await page.locator('main').getByText(said('state.revoked')).first().waitFor();
  office.expectQuiet();
  await office.close();
}

const expectHeading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
