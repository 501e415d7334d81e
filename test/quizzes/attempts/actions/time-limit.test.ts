import { expect } from 'chai';
import { savedAnswers, attemptsAt } from '../../../../server/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../server/quizzes/attempts/start.js';
import { linksIn } from '../../../../server/smoke/client.js';
import { under } from '../../../support/quizzes/policies.js';
import { answerAll, count, plain, rightAnswer, send, write } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const MINUTE = 60_000;

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
  it('is told before the start, with what happens when one takes a break', async () => {
    const { browser, start } = await under({ timeLimit: 60 });
    const words = plain((await browser.get(start)).text);
    expect(words).to.include('You have 1 hour. Each page says until when.');
    expect(words).to.include('The time runs from the start, also when you close the page.');
    expect(words).to.not.include('There is no countdown.');
  });

  it('is told again before one goes on with an open attempt', async () => {
    const { browser, start } = await begun(20 * MINUTE);
    expect(plain((await browser.get(start)).text)).to.match(/You have until \d\d:\d\d, Oslo time/);
  });

  it('is not spoken of where there is no limit', async () => {
    const { browser, start } = await under({});
    expect(plain((await browser.get(start)).text)).to.include('There is no countdown.');
    await browser.submit(`${start}/attempts`);
    expect(browser.last?.text).to.not.include('id="time-left"');
    expect(plain(browser.last?.text ?? '')).to.not.include('You have until');
  });

  it('stands on every page of an open attempt, in words', async () => {
    const { browser, home } = await begun(12.5 * MINUTE);
    for (const path of ['/questions/1', '/questions', '/review']) {
      const words = plain((await browser.get(home + path)).text);
      expect(words, path).to.match(/You have until \d\d:\d\d, Oslo time\. 12 minutes are left\./);
    }
    const page = await browser.get(`${home}/questions/1`);
    const refused = await browser.submit(`${home}/answers/1`, {});
    expect([page.status, refused.status]).to.deep.equal([200, 422]);
    expect(plain(refused.text)).to.include('12 minutes are left.');
  });

  it('is not belied by pages that say one may stop and come back', async () => {
    const { browser, home } = await begun(20 * MINUTE, { answered: true });
    for (const path of ['/questions/1', '/questions?saved', '/review']) {
      const { text } = await browser.get(home + path);
      expect(text, path).to.include('data-saved="Saved at #."').and.not.include('stop and come back');
    }
    const { browser: other, start } = await under({});
    await send(other, `${start}/attempts`);
    expect(other.last?.text).to.include('data-saved="Saved at #. You can stop and come back."');
  });

  it('when it is over, is said calmly on every page, and nothing but handing in is left', async () => {
    const { browser, home } = await begun(-MINUTE);
    for (const path of ['', '/questions/1', '/questions', '/review']) {
      const page = await browser.get(home + path);
      expect(page.status, path).to.equal(200);
      expect(plain(page.text), path).to.include('quiz The time is over All that you had saved counts.');
      expect(linksIn(page.text, /answers/), path).to.deep.equal([]);
    }
  });

  it('refuses a late answer with a page that says what was saved counts, and changes nothing', async () => {
    const { browser, home, attempt, item } = await begun(MINUTE);
    await browser.get(`${home}/questions/1`);
    await write('update attempts set deadline_at = $1 where id = $2', [Date.now() - MINUTE, attempt.id]);
    const page = await browser.submit(`${home}/answers/1`, rightAnswer(item));
    expect(page.status).to.equal(409);
    expect(plain(page.text)).to.include('The last answer came too late');
    expect(plain(page.text)).to.include('All that you had saved counts.');
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
    const whole = await send(browser, `${home}/answers`, {});
    expect(whole.status).to.equal(409);
  });

  it('takes an answer that was on its way when it ended', async () => {
    const { browser, home, attempt, item } = await begun(-10_000);
    await browser.get(`${home}/questions/1`);
    const page = await browser.submit(`${home}/answers/1`, rightAnswer(item));
    expect(page.status).to.equal(200);
    expect(await savedAnswers(attempt.id)).to.have.length(1);
  });

  it('tells a script the same in its own words', async () => {
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

  it('once over, leads by one button to the result of what was saved, closed by the clock', async () => {
    const { browser, home, cycle, quiz, attempt } = await begun(-MINUTE, { answered: true });
    await browser.get(`${home}/questions/1`);
    const page = await browser.submit(`${home}/submission`);
    expect(page.path).to.equal(home);
    expect(plain(page.text)).to.include('You have passed this quiz');
    const [closed] = await attemptsAt(cycle.id, quiz.name);
    expect(closed).to.include({ closedBy: 'clock', passed: true });
    expect(closed?.submittedAt).to.be.lessThan(Date.now() - 29_000);
    await send(browser, `${home}/submission`);
    expect(
      await count(`events where name = 'attempt.graded' and payload like $1`, [`%${attempt.id}%`]),
    ).to.equal(1);
  });

  it('once over, is closed when the quiz is started again, and the result says why', async () => {
    const { browser, home, start, cycle, quiz } = await begun(-MINUTE);
    await browser.get(start);
    const page = await browser.submit(`${start}/attempts`);
    expect(page.path).to.equal(home);
    expect(plain(page.text)).to.include('Not passed yet');
    expect(plain(page.text)).to.include('The time was over. What was saved has been counted.');
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });
});
