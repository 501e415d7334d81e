import { expect } from 'chai';
import { courseVersion } from '../../../../server/teaching/courses/catalogue.js';
import { titleForLearners } from '../../../../server/teaching/content/snapshot.js';
import {
  measuredAnswers,
  measurementsOf,
  type MeasurementFacts,
} from '../../../../server/teaching/follow-up/measurements.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { finishLesson } from '../../../../server/teaching/learning/progress.js';
import { FULL_POINTS } from '../../../../server/teaching/questions/question-type.js';
import type { Item, OptionItem } from '../../../../server/teaching/questions/item.js';
import { said } from '../../../support/said.js';
import { ada, cleo, type Person } from '../../../support/people.js';
import { course, enrolled } from '../../../support/walk.js';
import { plain, send } from '../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { ownWorld, world } from '../../../support/world.js';
import { complete, itemsOf, measurement, withBaseline, withPost } from '../cycles.js';

/** How many questions the course asks before and after: one for each module. */
const asked = async (): Promise<number> => (await course()).snapshot.modules.length;

const positionOf = (position: number, { form }: MeasurementFacts): string =>
  said('question.position', { position, total: form.length });

const scoreOf = (right: number): string => said('quiz.score', { right, total: 1 });

async function newcomer() {
  const learner = await ada();
  const cycle = await enrolled(learner);
  const home = `/learning/${cycle.id}`;
  return { learner, browser: learner.browser, cycle, home };
}

/** Answers all questions of the open form on its pages. */
async function answerOnPages(
  { browser }: Person,
  cycle: CycleFacts,
  when: 'before' | 'after',
  give: (item: Item) => object,
) {
  const form = await measurement(cycle, when === 'before' ? 'baseline' : 'post');
  let page = await browser.get(`/learning/${cycle.id}/${when}`);
  for (const [at, item] of (await itemsOf(form)).entries()) {
    expect(plain(page.text)).to.include(positionOf(at + 1, form));
    page = await browser.submit(
      `/learning/${cycle.id}/${when}/answers/${at + 1}`,
      give(item) as Record<string, string>,
    );
  }
  return page;
}

describe('questions before the course', () => {
  ownWorld();
  it('are offered before the first lesson, and are as easy to decline as to begin', async () => {
    const { browser, home, cycle } = await newcomer();
    const page = await browser.get(home);
    const words = plain(page.text);
    expect(words)
      .to.include(said('followUp.offer.before.heading'))
      .and.include(said('followUp.offer.nothing'));
    expect(words).to.include(
      said('followUp.offer.before.text', {
        count: await asked(),
        time: said('components.minutes', { count: 3 }),
      }),
    );
    const buttons = page.text.matchAll(/<button class="button button-second" type="submit"><span>([^<]*)/g);
    const texts = ['begin', 'notNow'].map(key => said(`followUp.offer.${key}`));
    expect([...buttons].map(([, text]) => text)).to.deep.equal(texts);
    expect(await measurementsOf(cycle.id)).to.deep.equal([]);
  });

  it('are answered one a page, without feedback or key, and end with thanks', async () => {
    const { learner, browser, home, cycle } = await newcomer();
    await browser.get(home);
    const first = await browser.submit(`${home}/before`);
    expect(first.path).to.equal(`${home}/before`);
    const baseline = await measurement(cycle, 'baseline');
    const feedback = (await itemsOf(baseline)).flatMap(item =>
      (item as OptionItem).options.map(each => each.feedback),
    );
    for (const text of feedback) expect(first.text).not.to.include(text.slice(0, 40));
    const end = await answerOnPages(learner, cycle, 'before', rightAnswer);
    expect(plain(end.text)).to.include(said('followUp.thanksText'));
    expect(end.text).not.to.include('role="status"');
    for (const text of feedback) expect(end.text).not.to.include(text.slice(0, 40));
    expect((await measurement(cycle, 'baseline')).finishedAt).not.to.equal(null);
    expect(plain((await browser.get(home)).text)).not.to.include(said('followUp.offer.before.heading'));
  });

  it('are never offered again once declined', async () => {
    const { browser, home } = await newcomer();
    await browser.get(home);
    const page = await browser.submit(`${home}/before/refusal`);
    expect(page.path).to.equal(home);
    expect(page.text).not.to.include(`${home}/before`);
    await send(browser, `${home}/before`);
    expect((await browser.get(home)).text).not.to.include(`${home}/before`);
  });

  it('can be left and continued until the first lesson is finished', async () => {
    const { browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    await browser.submit(`${home}/before/answers/1`, { unknown: 'yes' });
    expect(plain((await browser.get(home)).text)).to.include(said('about.continue'));
    expect(plain((await browser.get(`${home}/before`)).text)).to.include(
      positionOf(2, await measurement(cycle, 'baseline')),
    );
    await finishLesson(cycle, { module: 'foundations', lesson: '00-essentials' }, 1);
    expect((await browser.get(home)).text).not.to.include(`${home}/before`);
    expect((await browser.get(`${home}/before`)).path).to.equal(home);
    const late = await send(browser, `${home}/before/answers/2`, { unknown: 'yes' });
    expect(late.status).to.equal(409);
    expect(await measuredAnswers((await measurement(cycle, 'baseline')).id)).to.have.length(1);
  });

  it('show an error for a missing or unknown answer, and save nothing', async () => {
    const { browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    const empty = await browser.submit(`${home}/before/answers/1`);
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('role="alert"').and.include(`action="${home}/before/answers/1"`);
    const foreign = await browser.submit(`${home}/before/answers/1`, {
      choice: 'zz',
      truth: 'maybe',
      reason: 'zz',
    });
    expect(foreign.status).to.equal(422);
    expect(await measuredAnswers((await measurement(cycle, 'baseline')).id)).to.deep.equal([]);
  });

  it('keep the first answer when the last one is submitted twice', async () => {
    const { learner, browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    await answerOnPages(learner, cycle, 'before', rightAnswer);
    const { id, form } = await measurement(cycle, 'baseline');
    const before = await measuredAnswers(id);
    const again = await send(browser, `${home}/before/answers/${form.length}`, { unknown: 'yes' });
    expect(again.status).to.equal(200);
    expect(plain(again.text)).to.include(said('followUp.thanksText'));
    expect(await measuredAnswers(id)).to.deep.equal(before);
  });

  it('return 404 to other users, and need sign-in', async () => {
    const { browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    const stranger = await cleo();
    expect((await stranger.browser.get(`${home}/before`)).status).to.equal(404);
    for (const path of ['/before', '/before/refusal', '/before/answers/1', '/after', '/after/refusal'])
      expect((await send(stranger.browser, home + path, { unknown: 'yes' })).status, path).to.equal(404);
    expect((await send(world().visitor(), `${home}/before/answers/1`, { unknown: 'yes' })).path).to.equal(
      '/sign-in',
    );
    expect(await measuredAnswers((await measurement(cycle, 'baseline')).id)).to.deep.equal([]);
  });

  it('return 404 for a slot that the form does not have', async () => {
    const { browser, home } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    for (const slot of ['0', '8', '-1', '01', 'x'])
      expect(
        (await send(browser, `${home}/before/answers/${slot}`, { unknown: 'yes' })).status,
        slot,
      ).to.equal(404);
    expect((await browser.get(`${home}/after`)).status).to.equal(404);
  });
});

describe('questions after the course', () => {
  ownWorld();
  it('are offered to learners who answered those before, and lead to a comparison', async () => {
    const { learner, browser, home, cycle } = await newcomer();
    await withBaseline(cycle, item =>
      item.objective.startsWith('M1') ? rightAnswer(item) : wrongAnswer(item),
    );
    await complete(cycle);
    const offer = await browser.get(home);
    expect(plain(offer.text)).to.include(said('followUp.offer.after.heading'));
    await browser.submit(`${home}/after`);
    const end = await answerOnPages(learner, cycle, 'after', rightAnswer);
    const words = plain(end.text);
    const before = (await measuredAnswers((await measurement(cycle, 'baseline')).id)).filter(
      ({ points }) => points === FULL_POINTS,
    ).length;
    const all = await asked();
    const numbers = { before, asked: all, after: all };
    expect(words).to.include(said('followUp.overall.more', numbers));
    expect(words).to.include(said('followUp.little', { count: all }));
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    for (const module of snapshot.modules) expect(words).to.include(titleForLearners(module));
    for (const right of [0, 1]) expect(words).to.include(`${scoreOf(right)} ${scoreOf(1)}`);
    expect(plain((await browser.get(home)).text)).to.include(said('followUp.offer.see'));
  });

  it('are not offered without a finished baseline, nor once declined', async () => {
    const [without, refused] = [await newcomer(), await newcomer()];
    await complete(without.cycle);
    expect((await without.browser.get(without.home)).text).not.to.include('/after"');
    expect((await send(without.browser, `${without.home}/after`)).path).to.equal(without.home);
    await withBaseline(refused.cycle);
    await complete(refused.cycle);
    await refused.browser.get(refused.home);
    await refused.browser.submit(`${refused.home}/after/refusal`);
    expect((await refused.browser.get(refused.home)).text).not.to.include('/after"');
  });

  it('say so when fewer answers were right than before', async () => {
    const { browser, home, cycle } = await newcomer();
    await withBaseline(cycle, rightAnswer);
    await complete(cycle);
    await withPost(cycle, wrongAnswer);
    const words = plain((await browser.get(`${home}/after`)).text);
    const all = await asked();
    const numbers = { before: all, asked: all, after: 0 };
    expect(words).to.include(said('followUp.overall.fewer', numbers));
  });
});
