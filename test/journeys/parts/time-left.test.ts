import { expect } from 'chai';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { under } from '../../support/quizzes/policies.js';
import { write } from '../../support/rows.js';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

const MINUTE = 60_000;

/** A question of an attempt with five and a half minutes left, in a browser whose clock the test moves. */
async function onQuestion() {
  const { browser, cycle, quiz } = await under({ timeLimit: 45 });
  const { id } = await startAttempt(cycle, quiz, Date.now());
  await write('update attempts set deadline_at = $1 where id = $2', [Date.now() + 5.5 * MINUTE, id]);
  const { page, close } = await visit(browser);
  await page.clock.install();
  await page.goto(`/attempts/${id}/questions/1`);
  const shown = page.locator('#time-left .with-icon');
  const told = page.locator('#time-left [role=status]');
  return { page, close, shown, told };
}

describe('the time that is left', () => {
  ownWorld();

  it('stays correct, and is announced only five minutes and one minute before the end', async () => {
    const { page, close, shown, told } = await onQuestion();
    const heard: string[] = [];
    for (let seconds = 0; seconds < 330; seconds += 10) {
      await page.clock.runFor(10_000);
      const words = (await told.textContent()) ?? '';
      if (words && heard.at(-1) !== words) heard.push(words);
    }
    expect(heard).to.deep.equal(['5 minutes are left.', '1 minute is left.']);
    expect(await shown.textContent()).to.include(said('limits.over'));
    await close();
  });

  it('can be hidden, and then announces nothing', async () => {
    const { page, close, shown, told } = await onQuestion();
    await page.getByRole('button', { name: said('limits.hide') }).click();
    expect(await shown.isVisible()).to.equal(false);
    await page.clock.runFor(60_000);
    expect(await told.textContent()).to.equal('');
    await page.getByRole('button', { name: said('limits.show') }).click();
    expect(await shown.textContent()).to.include('4 minutes are left.');
    await close();
  });
});
