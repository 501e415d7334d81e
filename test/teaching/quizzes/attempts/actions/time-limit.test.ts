import { expect } from 'chai';
import { savedAnswers, attemptsAt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { under } from '../../../../support/quizzes/policies.js';
import { said, saidLike } from '../../../../support/said.js';
import { answerAll } from '../../../../support/walk.js';
import { count, write } from '../../../../support/rows.js';
import { plain, send } from '../../../../support/pages.js';
import { rightAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

const MINUTE = 60_000;
/** A time of day, and where. */
const TIME = /\d\d:\d\d, [^.]+/;

/** An open attempt with so many milliseconds left (less than nothing: its grace is over, too, unless it is asked for). */
async function begun(left: number, { answered = false } = {}) {
  const learner = await under({ timeLimit: 60, grace: 30 });
  const { cycle, quiz } = learner;
  const attempt = await startAttempt(cycle, quiz, Date.now());
  if (answered) await answerAll(attempt, quiz);
  await write('update attempts set deadline_at = $1 where id = $2', [Date.now() + left, attempt.id]);
  const item = quiz.items.find(({ id }) => id === attempt.form[0]?.itemId);
  if (!item) throw new Error('The first question is not in the bank');
  const home = `/attempts/${attempt.id}`;
  return { ...learner, attempt, item, home };
}

describe('the time of an attempt', () => {
  ownWorld();
  it('is announced before the start, with the way to pause', async () => {
    const { browser, start } = await under({ timeLimit: 60 });
    const words = plain((await browser.get(start)).text);
    expect(words).to.include(said('limits.rule.time', { time: said('components.hours', { count: 1 }) }));
    expect(words).to.include(said('limits.rule.runsOn'));
    expect(words).to.not.include(said('quiz.rule.clock'));
  });

  it('is shown again before an open attempt goes on', async () => {
    const { browser, start } = await begun(20 * MINUTE);
    expect(plain((await browser.get(start)).text)).to.match(saidLike('limits.until', { time: TIME }));
  });

  it('is not mentioned where there is no limit', async () => {
    const { browser, start } = await under({});
    expect(plain((await browser.get(start)).text)).to.include(said('quiz.rule.clock'));
    await browser.submit(`${start}/attempts`);
    expect(browser.last?.text).to.not.include('id="time-left"');
    expect(plain(browser.last?.text ?? '')).to.not.match(saidLike('limits.until', { time: TIME }));
  });

  it('is shown in words on every page of an open attempt', async () => {
    const { browser, home } = await begun(12.5 * MINUTE);
    for (const path of ['/questions/1', '/questions', '/review']) {
      const words = plain((await browser.get(home + path)).text);
      expect(words, path)
        .to.match(saidLike('limits.until', { time: TIME }))
        .and.include(said('limits.left', { count: 12 }));
    }
    const page = await browser.get(`${home}/questions/1`);
    const refused = await browser.submit(`${home}/answers/1`, {});
    expect([page.status, refused.status]).to.deep.equal([200, 422]);
    expect(plain(refused.text)).to.include(said('limits.left', { count: 12 }));
  });

  it('is not contradicted by pages that invite learners to stop and come back', async () => {
    const { browser, home } = await begun(20 * MINUTE, { answered: true });
    for (const path of ['/questions/1', '/questions?saved', '/review']) {
      const { text } = await browser.get(home + path);
      expect(text, path).to.include(`data-saved="${said('saving.savedTimed')}"`);
      for (const key of ['quiz.rule.saved', 'onePage.savedText'])
        expect(plain(text), path).to.not.include(said(key));
      expect(plain(text), path).to.not.match(saidLike('question.saved', { time: /\S+/ }));
    }
    const { browser: other, start } = await under({});
    await send(other, `${start}/attempts`);
    expect(other.last?.text).to.include(`data-saved="${said('saving.saved')}"`);
  });

  it('shows that it is over on every page, and leaves only submitting', async () => {
    const { browser, home } = await begun(-MINUTE);
    for (const path of ['', '/questions/1', '/questions', '/review']) {
      const page = await browser.get(home + path);
      expect(page.status, path).to.equal(200);
      expect(plain(page.text), path).to.include(`${said('timeOver.heading')} ${said('timeOver.lead')}`);
      expect(linksIn(page.text, /answers/), path).to.deep.equal([]);
    }
  });

  it('refuses a late answer with a page that says that saved answers count, and changes nothing', async () => {
    const { browser, home, attempt, item } = await begun(MINUTE);
    await browser.get(`${home}/questions/1`);
    await write('update attempts set deadline_at = $1 where id = $2', [Date.now() - MINUTE, attempt.id]);
    const page = await browser.submit(`${home}/answers/1`, rightAnswer(item));
    expect(page.status).to.equal(409);
    expect(plain(page.text)).to.include(said('timeOver.lateTitle'));
    expect(plain(page.text)).to.include(said('timeOver.lead'));
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
    const whole = await send(browser, `${home}/answers`, {});
    expect(whole.status).to.equal(409);
  });

  it('accepts an answer that was on its way when the time ended', async () => {
    const { browser, home, attempt, item } = await begun(-10_000);
    await browser.get(`${home}/questions/1`);
    const page = await browser.submit(`${home}/answers/1`, rightAnswer(item));
    expect(page.status).to.equal(200);
    expect(await savedAnswers(attempt.id)).to.have.length(1);
  });

  it('refuses a late answer of a script with a body of its own', async () => {
    const { browser, home, attempt, item } = await begun(-MINUTE);
    const { text } = await browser.get('/learning');
    const token = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
    const form = { _csrf: token, sequence: '0', ...rightAnswer(item) };
    const page = await browser.post(`${home}/answers/1`, form, { accept: 'application/json' });
    expect(page.status).to.equal(409);
    expect(JSON.parse(page.text)).to.include({ kind: 'out-of-time', next: home });
    expect(JSON.parse(page.text)).to.not.have.property('savedAt');
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
  });

  it('leads, once over, by one button to the result of what was saved, closed by the clock', async () => {
    const { browser, home, cycle, quiz, attempt } = await begun(-MINUTE, { answered: true });
    await browser.get(`${home}/questions/1`);
    const page = await browser.submit(`${home}/submission`);
    expect(page.path).to.equal(home);
    expect(plain(page.text)).to.include(said('result.passedModule'));
    const [closed] = await attemptsAt(cycle.id, quiz.name);
    expect(closed).to.include({ closedBy: 'clock', passed: true });
    expect(closed?.submittedAt).to.be.lessThan(Date.now() - 29_000);
    await send(browser, `${home}/submission`);
    expect(
      await count(`events where name = 'attempt.graded' and payload like $1`, [`%${attempt.id}%`]),
    ).to.equal(1);
  });

  it('closes an overdue attempt when the quiz is started again, and the result says why', async () => {
    const { browser, home, start, cycle, quiz } = await begun(-MINUTE);
    await browser.get(start);
    const page = await browser.submit(`${start}/attempts`);
    expect(page.path).to.equal(home);
    expect(plain(page.text)).to.include(said('result.notYet'));
    expect(plain(page.text)).to.include(said('limits.byClock'));
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });
});
