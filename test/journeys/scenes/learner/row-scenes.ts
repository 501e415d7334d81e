import { submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { atReports } from '../../../support/quizzes/report-items.js';
import { atRows } from '../../../support/quizzes/row-items.js';
import { answerAll } from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { seenBy, send, type Scene } from '../scene.js';

/** Questions of one select a row: not begun, to be mended, and explained after a pass. */
export async function rowScenes(): Promise<Scene[]> {
  const { browser, attempt } = await atRows(['ordering', 'matching']);
  const passed = await atRows(['ordering', 'matching']);
  await answerAll(passed.attempt, passed.quiz, item =>
    item.type === 'matching' ? rightAnswer(item) : wrongAnswer(item),
  );
  await submitAttempt(passed.attempt, passed.quiz, Date.now());
  const question = (slot: number) => `/attempts/${attempt.id}/questions/${slot}`;
  const see = seenBy(browser);
  return [
    see('question-ordering', question(1)),
    see('question-matching', question(2)),
    see('question-ordering-empty', question(1), send),
    see('question-ordering-twice', question(1), async page => {
      for (const select of await page.locator('select').all()) await select.selectOption({ index: 1 });
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    see('question-matching-half', question(2), async page => {
      await page.locator('select').first().selectOption({ index: 3 });
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    seenBy(passed.browser)('result-passed-rows', `/attempts/${passed.attempt.id}`),
  ];
}

/** A decision: not begun, half of it to be mended, and explained after a pass, where it came close. */
export async function decisionScenes(): Promise<Scene[]> {
  const { browser, attempt } = await atRows(['decision']);
  const passed = await atRows(['decision', 'matching']);
  await answerAll(passed.attempt, passed.quiz, item =>
    item.type === 'decision' ? { disposition: 'note', fact: 'a' } : rightAnswer(item),
  );
  await submitAttempt(passed.attempt, passed.quiz, Date.now());
  const see = seenBy(browser);
  const question = `/attempts/${attempt.id}/questions/1`;
  return [
    see('question-decision', question),
    see('question-decision-half', question, async page => {
      await page.locator('[name=disposition]').nth(2).check();
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    seenBy(passed.browser)('result-passed-decision', `/attempts/${passed.attempt.id}`),
  ];
}

/** A report: not begun, to be mended in two ways, and explained after a pass. */
export async function reportScenes(): Promise<Scene[]> {
  const { browser, attempt } = await atReports();
  const passed = await atReports();
  const faulty = { place: 'In the queue, behind a foreign man. He is obviously a trafficker.', told: '?' };
  await answerAll(passed.attempt, passed.quiz, item => ({
    ...rightAnswer(item),
    ...('avoid' in item ? {} : faulty),
  }));
  await submitAttempt(passed.attempt, passed.quiz, Date.now());
  const question = (slot: number) => `/attempts/${attempt.id}/questions/${slot}`;
  const see = seenBy(browser);
  return [
    see('question-report', question(1)),
    see('question-report-empty', question(1), send),
    see('question-report-long', question(2), async page => {
      await page.locator('#place').fill('On the stairs. '.repeat(30));
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    seenBy(passed.browser)('result-passed-report', `/attempts/${passed.attempt.id}`),
  ];
}
