import { expect } from 'chai';
import { under } from '../../support/quizzes/policies.js';
import { takeQuiz, workThrough } from '../../support/walk.js';
import { wrongAnswer } from '../../support/answers.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

const MINUTE = 60_000;

/** app.js loads the script of waits by itself, which a loaded page does not wait for: a second import does. */
const scriptRan = `import(document.querySelector('script[src$="/app.js"]').src.replace(/app\\.js$/, 'waits.js'))`;

/** The page before a quiz that was failed, in a browser of another zone whose clock the test moves. */
async function waiting(minutes: number) {
  const { browser, cycle, quiz, start } = await under({ coolDown: { minutes, grows: false } });
  await takeQuiz(cycle, quiz.name, wrongAnswer);
  await workThrough(cycle, quiz);
  const { page, close, expectQuiet } = await visit(browser, { timezoneId: 'Pacific/Auckland' });
  await page.clock.install();
  await page.goto(start);
  await page.evaluate(scriptRan);
  return { page, close, expectQuiet, wait: page.locator('time[data-wait]') };
}

describe('a wait on a page', () => {
  ownWorld();

  it('counts down, and offers the page again when it is over', async () => {
    const { page, close, expectQuiet, wait } = await waiting(10);
    const again = wait.locator('xpath=following-sibling::a');
    await page.clock.runFor(5.5 * MINUTE);
    expect(await wait.textContent()).to.match(/\b[45]\b/);
    expect(await again.isVisible()).to.equal(false);
    await page.clock.runFor(6 * MINUTE);
    expect(await wait.textContent()).to.not.match(/\d/);
    expect(await again.isVisible()).to.equal(true);
    expectQuiet();
    await close();
  });

  it('shows a time of day by the reader’s clock', async () => {
    const { page, close, expectQuiet, wait } = await waiting(7 * 1440);
    const moment = new Date((await wait.getAttribute('datetime')) ?? '');
    const clock = moment.toLocaleTimeString('en-GB', {
      ...{ hour: '2-digit', minute: '2-digit' },
      timeZone: 'Pacific/Auckland',
    });
    await page.clock.runFor(1000);
    expect(await wait.textContent())
      .to.include(clock)
      .and.not.include('Oslo');
    expectQuiet();
    await close();
  });
});
