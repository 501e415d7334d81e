import type { Page } from 'playwright-core';
import { agreeExtraTime } from '../../../server/teaching/quizzes/attempts/time/extra-time.js';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { dina } from '../../support/people.js';
import { under } from '../../support/quizzes/policies.js';
import { takeQuiz, workThrough } from '../../support/walk.js';
import { write } from '../../support/rows.js';
import { wrongAnswer } from '../../support/answers.js';
import { said } from '../../support/said.js';
import { scene, type Scene } from './scene.js';

const MINUTE = 60_000;
const ASK = 'Ask the head of training at your depot: training@example.org.';

/** A quiz under limits, an attempt with little time and one with none, a missed rule, a person’s page. One after the other: each publishes a version of its own. */
export async function policyScenes(): Promise<Scene[]> {
  return [...(await limits()), ...(await times()), ...(await remediation()), ...(await office())];
}

async function limits(): Promise<Scene[]> {
  const fresh = await under({ attempts: 3, ask: ASK, coolDown: { minutes: 60, grows: true }, timeLimit: 45 });
  const waiting = await under({ ask: ASK, window: { tries: 3, days: 7, waits: [10, 1440] } });
  const { id } = await takeQuiz(waiting.cycle, waiting.quiz.name, wrongAnswer);
  const spent = await under({ attempts: 1, ask: ASK });
  await takeQuiz(spent.cycle, spent.quiz.name, wrongAnswer);
  await workThrough(waiting.cycle, waiting.quiz);
  return [
    scene(fresh.browser, 'quiz-limits', fresh.start),
    scene(waiting.browser, 'quiz-waiting', waiting.start),
    scene(waiting.browser, 'result-waiting', `/attempts/${id}`),
    scene(spent.browser, 'quiz-none-left', spent.start),
  ];
}

async function times(): Promise<Scene[]> {
  const begun = async (left: number) => {
    const learner = await under({ timeLimit: 45 });
    const { id } = await startAttempt(learner.cycle, learner.quiz, Date.now());
    await write('update attempts set deadline_at = $1 where id = $2', [Date.now() + left, id]);
    return { browser: learner.browser, home: `/attempts/${id}` };
  };
  const [open, over] = [await begun(12.5 * MINUTE), await begun(-2 * MINUTE)];
  return [
    scene(open.browser, 'question-timed', `${open.home}/questions/1`),
    scene(open.browser, 'questions-timed', `${open.home}/questions`),
    scene(open.browser, 'review-timed', `${open.home}/review`),
    scene(over.browser, 'time-over', `${over.home}/questions/1`),
  ];
}

async function remediation(): Promise<Scene[]> {
  const [learner, through] = [await under({}), await under({})];
  const { id } = await takeQuiz(learner.cycle, learner.quiz.name, wrongAnswer);
  const done = await takeQuiz(through.cycle, through.quiz.name, wrongAnswer);
  await workThrough(through.cycle, through.quiz);
  const list = `/attempts/${id}/remediation`;
  /** Opens the first rule, and chooses answers until one is right, or one is not. */
  const first = async (page: Page) => {
    await page.getByRole('link', { name: /^Work through the rules?$/ }).click();
    await page.waitForURL('**/remediation/*');
  };
  const answer = async (page: Page, wanted: string) => {
    for (const choice of ['a', 'b', 'c']) {
      await page.locator(`[name=choice][value=${choice}]`).check();
      const loaded = page.waitForEvent('load');
      await page.locator('main form .button').click();
      await loaded;
      if ((await page.getByText(wanted, { exact: true }).count()) > 0) return;
    }
  };
  return [
    scene(learner.browser, 'result-missed', `/attempts/${id}`),
    scene(learner.browser, 'quiz-missed', learner.start),
    scene(learner.browser, 'remediation', list),
    scene(learner.browser, 'remediation-rule', list, first),
    scene(learner.browser, 'remediation-empty', list, async page => {
      await first(page);
      await Promise.all([page.waitForEvent('load'), page.locator('main form .button').click()]);
    }),
    // The last one: a right answer on the way takes the rule off the list.
    scene(learner.browser, 'remediation-not-best', list, async page => {
      await first(page);
      await answer(page, said('components.notTheBest'));
    }),
    scene(through.browser, 'remediation-done', `/attempts/${done.id}/remediation`),
    scene(through.browser, 'remediation-right', `/attempts/${done.id}/remediation`, async page => {
      await page.locator('main .tasks a').first().click();
      await page.waitForURL('**/remediation/*');
      await answer(page, said('components.right'));
    }),
  ];
}

async function office(): Promise<Scene[]> {
  const administrator = await dina();
  const { learner, cycle, quiz } = await under({ attempts: 1, ask: ASK, timeLimit: 45 });
  await takeQuiz(cycle, quiz.name, wrongAnswer);
  const agreed = { agreedOn: '2026-11-24', agreedBy: 'The head of training', untilAt: null };
  const by = { actorId: administrator.id, now: Date.now() };
  const member = { userId: learner.id, organisationId: cycle.organisationId };
  await agreeExtraTime(member, { ...agreed, number: 1, allowance: '25' }, by);
  const path = `/admin/people/${learner.id}`;
  return [
    scene(administrator.browser, 'admin-person', path),
    scene(administrator.browser, 'admin-person-empty', path, page =>
      page.getByRole('button', { name: said('person.keep') }).click(),
    ),
  ];
}
