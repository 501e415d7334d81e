import { expect } from 'chai';
import { attemptsAt } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { ownContent } from '../../support/content/own-content.js';
import { under } from '../../support/quizzes/policies.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { MODULE } from '../../support/walk.js';
import { pointer } from '../../journeys/browsing/hand.js';
import { takeQuizByHand, workThroughByHand } from '../../journeys/browsing/quiz-by-hand.js';
import { visit } from '../../journeys/browsing/visit.js';

export const id = 'J4';
export const title =
  'failed a quiz, was told what to read again, waited an hour, got other questions, and passed';

const HOUR = 3_600_000;

export async function walk(): Promise<void> {
  const { browser, cycle, start } = await under({ coolDown: { minutes: 60, grows: false } });
  const { page, close, expectQuiet } = await visit(browser);
  const taker = { page, hand: pointer, content: ownContent().content };
  const told = page.locator(
    ['right', 'close', 'not-right', 'unsafe'].map(mark => `main [data-state=${mark}]`).join(),
  );
  const startButton = page.locator('form[action$="/attempts"] button');

  await page.goto(start);
  await takeQuizByHand(taker, 'wrong');
  const result = page.url();
  await page.getByRole('heading', { level: 1, name: said('result.notYet') }).waitFor();
  const lessons = page.locator('main .tasks a[href*="/lessons/"]');
  expect(await lessons.count(), 'lessons to read again').to.be.greaterThan(0);
  expect(await page.locator('main .tasks').innerText(), 'for an objective').to.match(/\w/);
  expect(await told.count(), 'no answer is called right or wrong').to.equal(0);
  await lessons.first().click();
  await page.waitForURL('**/lessons/*');
  await page.goto(result);
  await workThroughByHand(taker);

  await page.goto(start);
  await page.locator('[data-wait]').first().waitFor();
  expect(await startButton.count(), 'not before the hour is over').to.equal(0);
  await write('update attempts set submitted_at = submitted_at - $1 where cycle_id = $2', [HOUR, cycle.id]);
  await page.goto(start);
  await takeQuizByHand(taker, 'right');
  await page.getByRole('heading', { level: 1, name: said('result.passedModule') }).waitFor();
  expect(await told.count(), 'now every answer is').to.be.greaterThan(0);
  const [first, second] = (await attemptsAt(cycle.id, MODULE)).map(({ form }) =>
    form.map(({ itemId }) => itemId).sort(),
  );
  expect(second).to.not.deep.equal(first);
  expectQuiet();
  await close();
}
