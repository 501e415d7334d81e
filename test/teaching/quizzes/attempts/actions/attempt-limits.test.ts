import { expect } from 'chai';
import { attemptsAt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { under } from '../../../../support/quizzes/policies.js';
import { said } from '../../../../support/said.js';
import { plain, send } from '../../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { takeQuiz, workThrough } from '../../../../support/walk.js';
import { write } from '../../../../support/rows.js';
import { ownWorld } from '../../../../support/world.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ASK = 'Ask the head of training, training@example.org.';

async function failed(policy: Parameters<typeof under>[0], times = 1) {
  const learner = await under(policy);
  const { cycle, quiz } = learner;
  const attempts = [];
  for (let n = 0; n < times; n += 1) attempts.push(await takeQuiz(cycle, quiz.name, wrongAnswer));
  await workThrough(cycle, quiz);
  const last = attempts.at(-1);
  if (!last) throw new Error('No attempt');
  return { ...learner, last };
}

/** When the wait that a page tells of is over (epoch ms), or null. */
const waitOn = (html: string): number | null =>
  Date.parse(/<time datetime="([^"]+)" data-wait="\d+"/.exec(html)?.[1] ?? '') || null;

describe('limits on attempts', () => {
  ownWorld();
  it('show when the next one may start, and what to do meanwhile', async () => {
    const { browser, start, cycle, quiz, last } = await failed({ coolDown: { minutes: 90, grows: false } });
    const until = (last.submittedAt ?? 0) + 90 * MINUTE;
    const page = await browser.get(start);
    expect(plain(page.text)).to.include(
      said('limits.rule.wait', { time: said('components.minutes', { count: 90 }) }),
    );
    expect(waitOn(page.text)).to.equal(until);
    expect(page.text).to.include(`href="/attempts/${last.id}"`);
    expect(page.text).to.not.include(`action="${start}/attempts"`);
    const refused = await send(browser, `${start}/attempts`);
    expect(refused.status).to.equal(409);
    expect(waitOn(refused.text)).to.equal(until);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });

  it('are shown on the result too, without a link that leads nowhere', async () => {
    const { browser, start, last } = await failed({ coolDown: { minutes: 90, grows: true } });
    const page = await browser.get(`/attempts/${last.id}`);
    expect(waitOn(page.text)).to.equal((last.submittedAt ?? 0) + 90 * MINUTE);
    expect(page.text).to.not.include(`href="${start}"`);
  });

  it('count down, and at the end name whom to ask', async () => {
    const first = await failed({ attempts: 2, ask: ASK });
    const result = plain((await first.browser.get(`/attempts/${first.last.id}`)).text);
    expect(result).to.include(said('limits.triesLeft', { left: 1, count: 2 }));
    expect(result).to.not.include(said('result.noLimit'));
    const { browser, start, cycle, quiz } = await failed({ attempts: 2, ask: ASK }, 2);
    const page = await browser.get(start);
    const words = plain(page.text);
    expect(words).to.include(said('limits.rule.used', { left: 0, count: 2 }));
    expect(words).to.include(said('limits.noneTitle'));
    expect(words).to.include('Ask the head of training,').and.not.include(said('limits.waitTitle'));
    expect(page.text).to.include('<a href="mailto:training@example.org">training@example.org</a>');
    expect((await send(browser, `${start}/attempts`)).status).to.equal(409);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(2);
  });

  it('show how many attempts are left of how many: before the first, during one, after one', async () => {
    const { browser, start, cycle, quiz } = await under({ attempts: 2 });
    const words = async () => plain((await browser.get(start)).text);
    expect(await words()).to.include(said('limits.rule.attempts', { count: 2 }));
    await browser.submit(`${start}/attempts`);
    expect(await words()).to.include(said('limits.rule.afterThis', { left: 1, count: 2 }));
    await takeQuiz(cycle, quiz.name, wrongAnswer);
    await workThrough(cycle, quiz);
    expect(await words()).to.include(said('limits.rule.left', { left: 1, count: 2 }));
    await browser.submit(`${start}/attempts`);
    expect(await words()).to.include(said('limits.rule.lastTry', { count: 2 }));
    await takeQuiz(cycle, quiz.name, rightAnswer);
    expect(await words()).to.include(said('quiz.rule.tries'));
  });

  it('of a window say how many are left within how many days, when the next opens, and whom to ask', async () => {
    const window = { tries: 3, days: 7, waits: [10, 1440] };
    const learner = await under({ window, ask: ASK, remediation: false });
    const { browser, start, cycle, quiz } = learner;
    const days = said('limits.days', { count: 7 });
    const words = async () => plain((await browser.get(start)).text);
    const left = (state: string, count: number) =>
      said(`limits.inWindow.${state}`, { left: count, count: 3, days });
    expect(await words())
      .to.include(left('attempts', 3))
      .and.include('Ask the head of training,');
    const moved: number[] = [];
    for (const [tries, wait] of [
      [2, 10 * MINUTE],
      [1, DAY],
    ] as const) {
      const { id, submittedAt } = await takeQuiz(cycle, quiz.name, wrongAnswer);
      const result = await browser.get(`/attempts/${id}`);
      expect(plain(result.text)).to.include(left('title', tries));
      expect(waitOn(result.text)).to.equal((submittedAt ?? 0) + wait);
      expect(await words()).to.include(left('left', tries));
      await write('update attempts set submitted_at = submitted_at - $1 where cycle_id = $2', [
        2 * DAY,
        cycle.id,
      ]);
      moved.push(submittedAt ?? 0);
    }
    await takeQuiz(cycle, quiz.name, wrongAnswer);
    const page = await browser.get(start);
    expect(plain(page.text)).to.include(left('used', 0)).and.include(said('limits.noneTitle'));
    expect(waitOn(page.text)).to.equal((moved[0] ?? 0) - 4 * DAY + 7 * DAY);
    expect(page.text).to.include('<a href="mailto:training@example.org">');
    expect((await send(browser, `${start}/attempts`)).status).to.equal(409);
    const onCourse = await browser.get(`/learning/${cycle.id}`);
    expect(waitOn(onCourse.text)).to.equal(waitOn(page.text));
  });

  it('are over when the wait is', async () => {
    const { browser, start, last } = await failed({ coolDown: { minutes: 1, grows: false } });
    await write('update attempts set submitted_at = submitted_at - $1 where id = $2', [MINUTE, last.id]);
    await browser.get(start);
    expect((await browser.submit(`${start}/attempts`)).path).to.match(/\/questions\/1$/);
  });
});
