import { expect } from 'chai';
import { courseVersion } from '../../../server/courses/catalogue.js';
import { measuredAnswers, measurementsOf } from '../../../server/follow-up/measurements.js';
import type { CycleFacts } from '../../../server/learning/enrolments.js';
import { finishLesson } from '../../../server/learning/progress.js';
import type { Item, OptionItem } from '../../../server/questions/item.js';
import { ada, cleo, type Person } from '../../support/people.js';
import { enrolled, plain, rightAnswer, send, wrongAnswer } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';
import { complete, itemsOf, measurement, withBaseline, withPost } from '../rounds.js';

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
    expect(plain(page.text)).to.include(`Question ${at + 1} of ${form.form.length}`);
    page = await browser.submit(
      `/learning/${cycle.id}/${when}/answers/${at + 1}`,
      give(item) as Record<string, string>,
    );
  }
  return page;
}

describe('questions before the course', () => {
  ownWorld();
  it('are offered on its page before the first lesson, with saying no as easy as beginning', async () => {
    const { browser, home, cycle } = await newcomer();
    const page = await browser.get(home);
    const words = plain(page.text);
    expect(words).to.include('Some questions before you begin').and.include('It changes nothing');
    expect(words).to.match(/7 questions, about 3 minutes/);
    const buttons = page.text.match(
      /<button class="button button-second" type="submit"><span>(Begin|Not now)/g,
    );
    expect(buttons).to.have.length(2);
    expect(await measurementsOf(cycle.id)).to.deep.equal([]);
  });

  it('are answered one a page, without feedback and without the key, and end with thanks', async () => {
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
    expect(plain(end.text))
      .to.include('Thank you')
      .and.not.match(/right|correct/i);
    for (const text of feedback) expect(end.text).not.to.include(text.slice(0, 40));
    expect((await measurement(cycle, 'baseline')).finishedAt).not.to.equal(null);
    expect(plain((await browser.get(home)).text)).not.to.include('Some questions before you begin');
  });

  it('turned down are never offered again', async () => {
    const { browser, home } = await newcomer();
    await browser.get(home);
    const page = await browser.submit(`${home}/before/refusal`);
    expect(page.path).to.equal(home);
    expect(page.text).not.to.include(`${home}/before`);
    await send(browser, `${home}/before`);
    expect((await browser.get(home)).text).not.to.include(`${home}/before`);
  });

  it('can be left and gone on with, until the first lesson is done', async () => {
    const { browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    await browser.submit(`${home}/before/answers/1`, { unknown: 'yes' });
    expect(plain((await browser.get(home)).text)).to.include('Continue');
    expect(plain((await browser.get(`${home}/before`)).text)).to.include('Question 2 of');
    await finishLesson(cycle, { module: 'foundations', lesson: '00-essentials' }, 1);
    expect((await browser.get(home)).text).not.to.include(`${home}/before`);
    expect((await browser.get(`${home}/before`)).path).to.equal(home);
    const late = await send(browser, `${home}/before/answers/2`, { unknown: 'yes' });
    expect(late.status).to.equal(409);
    expect(await measuredAnswers((await measurement(cycle, 'baseline')).id)).to.have.length(1);
  });

  it('say what is missing, and keep nothing of half an answer', async () => {
    const { browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    const empty = await browser.submit(`${home}/before/answers/1`);
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('role="alert"').and.include('Question 1 of');
    const foreign = await browser.submit(`${home}/before/answers/1`, {
      choice: 'zz',
      truth: 'maybe',
      reason: 'zz',
    });
    expect(foreign.status).to.equal(422);
    expect(await measuredAnswers((await measurement(cycle, 'baseline')).id)).to.deep.equal([]);
  });

  it('twice is once: a second answer, and a second last click, change nothing', async () => {
    const { learner, browser, home, cycle } = await newcomer();
    await browser.get(home);
    await browser.submit(`${home}/before`);
    await answerOnPages(learner, cycle, 'before', rightAnswer);
    const { id, form } = await measurement(cycle, 'baseline');
    const before = await measuredAnswers(id);
    const again = await send(browser, `${home}/before/answers/${form.length}`, { unknown: 'yes' });
    expect(again.status).to.equal(200);
    expect(plain(again.text)).to.include('Thank you');
    expect(await measuredAnswers(id)).to.deep.equal(before);
  });

  it('are somebody else’s, and need sign-in', async () => {
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

  it('have as many slots as they have', async () => {
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
  it('are offered to whoever answered those before, and lead to both numbers in words', async () => {
    const { learner, browser, home, cycle } = await newcomer();
    await withBaseline(cycle, item =>
      item.objective.startsWith('M1') ? rightAnswer(item) : wrongAnswer(item),
    );
    await complete(cycle);
    const offer = await browser.get(home);
    expect(plain(offer.text)).to.include('What has changed?');
    await browser.submit(`${home}/after`);
    const end = await answerOnPages(learner, cycle, 'after', rightAnswer);
    const words = plain(end.text);
    expect(words).to.match(
      /You had \d of 7 right before the course and 7 of 7 right after it\. That is more than before\./,
    );
    expect(words).to.include('7 questions say little about one person');
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    for (const { title } of snapshot.modules) expect(words).to.include(title);
    expect(words).to.include('0 of 1 1 of 1');
    expect(words).to.include('1 of 1 1 of 1');
    expect(plain((await browser.get(home)).text)).to.include('See before and after');
  });

  it('are not offered without whole answers before, nor once turned down', async () => {
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

  it('say it honestly when fewer were right', async () => {
    const { browser, home, cycle } = await newcomer();
    await withBaseline(cycle, rightAnswer);
    await complete(cycle);
    await withPost(cycle, wrongAnswer);
    const words = plain((await browser.get(`${home}/after`)).text);
    expect(words).to.include(
      '7 of 7 right before the course and 0 of 7 right after it. That is fewer than before.',
    );
  });
});
