import { expect } from 'chai';
import { findAttempt } from '../../../../server/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../server/quizzes/attempts/start.js';
import { cleo } from '../../../support/people.js';
import { under } from '../../../support/quizzes/policies.js';
import { plain, rightAnswer, send, write } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

async function begun(timeLimit: number | null = 30) {
  const learner = await under({ timeLimit });
  const attempt = await startAttempt(learner.cycle, learner.quiz, Date.now());
  const item = learner.quiz.items.find(({ id }) => id === attempt.form[0]?.itemId);
  if (!item) throw new Error('The first question is not in the bank');
  return { ...learner, attempt, item, home: `/attempts/${attempt.id}` };
}

describe('taking a break', () => {
  ownWorld();
  it('is offered on every page that speaks of the time, and stops the clock until one goes on', async () => {
    const { browser, home, attempt, start } = await begun();
    for (const path of ['/questions/1', '/questions', '/review']) {
      expect((await browser.get(home + path)).text, path).to.include(`href="${home}/pause"`);
    }
    const offer = plain((await browser.get(`${home}/pause`)).text);
    expect(offer).to.include('Your clock can stand still for 60 minutes more.');
    expect(offer).to.include('Nobody asks or notes why');

    const on = await browser.submit(`${home}/pause`);
    expect(plain(on.text)).to.match(/Your clock stands still, until \d\d:\d\d, Oslo time at the latest/);
    expect(plain(on.text)).to.match(/After the break you have (29|30) minutes for the questions\./);
    for (const path of ['/questions/1', '/questions', '/review']) {
      const page = await browser.get(home + path);
      expect(page.path, path).to.equal(`${home}/pause`);
    }
    const before = await browser.get(start);
    expect(plain(before.text)).to.match(/You are on a break Your clock stands still, until \d\d:\d\d/);
    expect(plain(before.text)).to.match(/After the break you have (29|30) minutes/);
    expect(plain(before.text)).to.not.include('The time runs from the start');
    expect(before.text).to.not.include(`action="${start}/attempts"`);

    const back = await browser.submit(`${home}/resumption`);
    expect(back.path).to.equal(`${home}/questions/1`);
    expect((await findAttempt(attempt.id))?.pausedAt).to.equal(null);
  });

  it('says when the breaks are used up, and where there is no clock', async () => {
    const { browser, home, attempt } = await begun();
    await write('update attempts set paused_ms = $1 where id = $2', [3_600_000, attempt.id]);
    const usedUp = plain((await browser.get(`${home}/pause`)).text);
    expect(usedUp).to.include('No break is left').and.include('are used up, so the clock runs');
    expect(usedUp).to.not.include('Take a break').and.not.include('Nobody asks');
    expect((await browser.submit(`${home}/resumption`)).path).to.equal(`${home}/questions/1`);
    const calm = await begun(null);
    expect(plain((await calm.browser.get(`${calm.home}/pause`)).text)).to.include('There is no clock here.');
    expect((await calm.browser.get(`${calm.home}/questions/1`)).text).to.not.include('/pause"');
  });

  it('that has ended by itself is none: the page before the quiz says until when the time runs', async () => {
    const { browser, home, attempt, start } = await begun();
    await browser.get(`${home}/pause`);
    await browser.submit(`${home}/pause`);
    await write('update attempts set paused_at = paused_at - $1 where id = $2', [3_600_001, attempt.id]);
    const words = plain((await browser.get(start)).text);
    expect(words).to.include('You have until').and.include('Your answers are saved');
    expect(words).to.not.include('You are on a break');
  });

  it('never costs an answer: one that is sent from another tab is kept, and ends the break', async () => {
    const { browser, home, attempt, item } = await begun();
    await browser.get(`${home}/questions/1`);
    const question = browser.last;
    await browser.get(`${home}/pause`);
    await browser.submit(`${home}/pause`);
    browser.last = question;
    const { option = '' } = rightAnswer(item) as { option?: string };
    const page = await browser.submit(`${home}/answers/1`, { choice: option || 'a' });
    expect(page.status).to.be.oneOf([200, 422]);
    expect(page.path).to.not.equal(`${home}/pause`);
    if (page.status === 200) expect((await findAttempt(attempt.id))?.pausedAt).to.equal(null);
  });

  it('is nobody else’s: others get 404, visitors are asked to sign in, and a form without a token is refused', async () => {
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

  it('leads to the result once the attempt is handed in', async () => {
    const { home, browser } = await begun();
    await browser.get(`${home}/review`);
    await browser.submit(`${home}/submission`);
    expect((await browser.get(`${home}/pause`)).path).to.equal(home);
  });
});
