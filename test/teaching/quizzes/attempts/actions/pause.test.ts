import { expect } from 'chai';
import { findAttempt, savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { cleo } from '../../../../support/people.js';
import { under } from '../../../../support/quizzes/policies.js';
import { said, saidLike } from '../../../../support/said.js';
import { plain, send } from '../../../../support/pages.js';
import { rightAnswer } from '../../../../support/answers.js';
import { write } from '../../../../support/rows.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A time of day, and where. */
const TIME = /\d\d:\d\d, [^.]+/;

/** An attempt with half a minute less than its limit left, so that the minutes on a page do not depend on how fast it came. */
async function begun(timeLimit: number | null = 30) {
  const learner = await under({ timeLimit });
  const attempt = await startAttempt(learner.cycle, learner.quiz, Date.now());
  const item = learner.quiz.items.find(({ id }) => id === attempt.form[0]?.itemId);
  if (!item) throw new Error('The first question is not in the bank');
  await write('update attempts set deadline_at = deadline_at - $1 where id = $2', [30_000, attempt.id]);
  return { ...learner, attempt, item, home: `/attempts/${attempt.id}` };
}

describe('pausing an attempt', () => {
  ownWorld();
  it('is offered on every page that shows the time, and stops the clock until the learner goes on', async () => {
    const { browser, home, attempt, start } = await begun();
    for (const path of ['/questions/1', '/questions', '/review']) {
      expect((await browser.get(home + path)).text, path).to.include(`href="${home}/pause"`);
    }
    const offer = plain((await browser.get(`${home}/pause`)).text);
    expect(offer).to.include(said('pause.off', { count: 60 }));
    expect(offer).to.include(said('pause.nobody'));

    const on = await browser.submit(`${home}/pause`);
    expect(plain(on.text)).to.match(saidLike('pause.on', { time: TIME }));
    expect(plain(on.text)).to.include(said('pause.afterwards', { count: 29 }));
    for (const path of ['/questions/1', '/questions', '/review']) {
      const page = await browser.get(home + path);
      expect(page.path, path).to.equal(`${home}/pause`);
    }
    const before = await browser.get(start);
    expect(plain(before.text))
      .to.include(said('pause.onHeading'))
      .and.match(saidLike('pause.on', { time: TIME }));
    expect(plain(before.text)).to.include(said('pause.afterwards', { count: 29 }));
    expect(plain(before.text)).to.not.include(said('limits.rule.runsOn'));
    expect(before.text).to.not.include(`action="${start}/attempts"`);

    const back = await browser.submit(`${home}/resumption`);
    expect(back.path).to.equal(`${home}/questions/1`);
    expect((await findAttempt(attempt.id))?.pausedAt).to.equal(null);
  });

  it('tells when the pauses are used up, and where there is no time limit', async () => {
    const { browser, home, attempt } = await begun();
    await write('update attempts set paused_ms = $1 where id = $2', [3_600_000, attempt.id]);
    const usedUp = plain((await browser.get(`${home}/pause`)).text);
    expect(usedUp).to.include(said('pause.usedUpHeading')).and.include(said('pause.usedUp'));
    expect(usedUp).to.not.include(said('pause.heading')).and.not.include(said('pause.nobody'));
    expect((await browser.submit(`${home}/resumption`)).path).to.equal(`${home}/questions/1`);
    const calm = await begun(null);
    expect(plain((await calm.browser.get(`${calm.home}/pause`)).text)).to.include(said('pause.noClock'));
    expect((await calm.browser.get(`${calm.home}/questions/1`)).text).to.not.include('/pause"');
  });

  it('no longer shows once it has ended by itself: the page before the quiz says until when the time runs', async () => {
    const { browser, home, attempt, start } = await begun();
    await browser.get(`${home}/pause`);
    await browser.submit(`${home}/pause`);
    await write('update attempts set paused_at = paused_at - $1 where id = $2', [3_600_001, attempt.id]);
    const words = plain((await browser.get(start)).text);
    expect(words)
      .to.match(saidLike('limits.until', { time: TIME }))
      .and.include(said('quiz.resumeText'));
    expect(words).to.not.include(said('pause.onHeading'));
  });

  it('never loses an answer: one from another tab is saved, and ends the pause', async () => {
    const { browser, home, attempt, item } = await begun();
    await browser.get(`${home}/questions/1`);
    const question = browser.last;
    await browser.get(`${home}/pause`);
    await browser.submit(`${home}/pause`);
    browser.last = question;
    const page = await browser.submit(`${home}/answers/1`, rightAnswer(item));
    expect([page.status, page.path]).to.deep.equal([200, `${home}/questions/2`]);
    expect((await savedAnswers(attempt.id)).map(({ response }) => response)).to.deep.equal([
      rightAnswer(item),
    ]);
    expect((await findAttempt(attempt.id))?.pausedAt).to.equal(null);
  });

  it('returns 404 to other users, asks visitors to sign in, and refuses a form without a token', async () => {
    const { home, browser, attempt } = await begun();
    const other = await cleo();
    expect((await other.browser.get(`${home}/pause`)).status).to.equal(404);
    expect((await world().visitor().get(`${home}/pause`)).path).to.match(/^\/sign-in/);
    for (const path of ['pause', 'resumption']) {
      expect((await send(other.browser, `${home}/${path}`)).status, path).to.equal(404);
      expect((await browser.post(`${home}/${path}`, {})).status, path).to.equal(403);
    }
    expect((await findAttempt(attempt.id))?.pausedAt).to.equal(null);
  });

  it('leads to the result once the attempt is submitted', async () => {
    const { home, browser } = await begun();
    await browser.get(`${home}/review`);
    await browser.submit(`${home}/submission`);
    expect((await browser.get(`${home}/pause`)).path).to.equal(home);
  });
});
