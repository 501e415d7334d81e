import { expect } from 'chai';
import { recentActors } from '../../../../../server/people/accounts/people.js';
import { joinOpenOrganisation } from '../../../../../server/people/organisations/people/join-open.js';
import {
  savedAnswers,
  attemptsAt,
  findAttempt,
} from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { itemIn } from '../../../../../server/teaching/quizzes/quiz.js';
import type { Answer } from '../../../../../server/teaching/questions/answer.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { PASSWORD, type Person } from '../../../../support/people.js';
import { answerAll, MODULE, readyForQuiz, takeQuiz } from '../../../../support/walk.js';
import { count, write } from '../../../../support/rows.js';
import { dismiss } from '../../../../support/roles.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A learner in the middle: the first question answered, the second on the screen. */
async function inTheMiddle() {
  const ready = await readyForQuiz();
  const { browser, start, cycle, quiz } = ready;
  await browser.get(start);
  const first = await browser.submit(`${start}/attempts`);
  const [attempt] = await attemptsAt(cycle.id, MODULE);
  if (!attempt) throw new Error('No attempt was started');
  const items = attempt.form.map(drawn => itemIn(quiz, drawn).item);
  await browser.submit(first.path.replace('questions', 'answers'), rightAnswer(items[0]!));
  const kept = await savedAnswers(attempt.id);
  return { ...ready, attempt, items, kept };
}

/** Wrong where nothing has to be worked through before the next attempt. */
const safeButWrong = (item: Item): Answer =>
  item.critical === false ? wrongAnswer(item) : rightAnswer(item);

async function setDisabled({ id }: Person, at: number | null): Promise<void> {
  await write('update users set disabled_at = $1 where id = $2', [at, id]);
  recentActors().remove(id);
}

describe('leaving in the middle of an attempt', () => {
  ownWorld();
  it('and enrolling again continues the same cycle, attempt and answers', async () => {
    const { browser, learner, cycle, attempt, start, kept } = await inTheMiddle();
    const page = await send(browser, '/learning', { course: 'airline-and-transport' });
    expect(page.path).to.equal(`/learning/${cycle.id}`);
    await browser.get(start);
    await browser.submit(`${start}/attempts`);
    expect(browser.last?.path).to.equal(`/attempts/${attempt.id}/questions/2`);
    expect(await savedAnswers(attempt.id)).to.deep.equal(kept);
    expect(await count('cycles where user_id = $1', [learner.id])).to.equal(1);
  });

  it('and enrolling again gives no attempt back: they are counted on', async () => {
    const { browser, cycle, start, quiz } = await readyForQuiz();
    const used = [];
    for (let n = 0; n < 2; n += 1) {
      await browser.get(start);
      const { path } = await browser.submit(`${start}/attempts`);
      const attempt = await findAttempt(path.split('/')[2]);
      if (!attempt) throw new Error('No attempt was started');
      await answerAll(attempt, quiz, safeButWrong);
      await browser.get(`/attempts/${attempt.id}/review`);
      await browser.submit(`/attempts/${attempt.id}/submission`);
      used.push(attempt.id);
      await send(browser, '/learning', { course: 'airline-and-transport' });
    }
    expect((await attemptsAt(cycle.id, MODULE)).map(({ id, number }) => [number, id])).to.deep.equal([
      [1, used[0]],
      [2, used[1]],
    ]);
  });

  it('the organisation, and joining it again, neither', async () => {
    const { browser, learner, cycle, start } = await readyForQuiz();
    await takeQuiz(cycle, MODULE, safeButWrong);
    await dismiss(learner);
    await joinOpenOrganisation(learner.id, Date.now());
    recentActors().remove(learner.id);
    const page = await send(browser, '/learning', { course: 'airline-and-transport' });
    expect(page.path).to.equal(`/learning/${cycle.id}`);
    await browser.get(start);
    await browser.submit(`${start}/attempts`);
    expect((await attemptsAt(cycle.id, MODULE)).map(({ number }) => number)).to.deep.equal([1, 2]);
  });

  it('by signing out and in elsewhere changes nothing', async () => {
    const { browser, learner, attempt, kept, start } = await inTheMiddle();
    await browser.submit('/sign-out');
    const elsewhere = world().visitor();
    await elsewhere.get('/sign-in');
    await elsewhere.submit('/sign-in', { email: learner.email, password: PASSWORD });
    await elsewhere.get(start);
    expect((await elsewhere.submit(`${start}/attempts`)).path).to.equal(
      `/attempts/${attempt.id}/questions/2`,
    );
    expect(await savedAnswers(attempt.id)).to.deep.equal(kept);
  });
});

describe('a learner who is disabled in the middle of an attempt', () => {
  ownWorld();
  it('is refused, keeps every answer, and goes on when let in again', async () => {
    const { browser, learner, attempt, items, kept } = await inTheMiddle();
    const question = browser.last;
    await setDisabled(learner, Date.now());

    // The page is still on the screen: its buttons do nothing any more.
    for (const [action, fields] of [
      [`/attempts/${attempt.id}/answers/2`, rightAnswer(items[1]!)],
      [`/attempts/${attempt.id}/submission`, {}],
    ] as const) {
      browser.last = question;
      const token = /name="_csrf" value="([^"]*)"/.exec(question?.text ?? '')?.[1] ?? '';
      const page = await browser.post(action, { _csrf: token, sequence: '0', ...fields });
      expect(page.status === 403 || page.path.startsWith('/sign-in'), `${page.status} ${page.path}`).to.equal(
        true,
      );
    }
    for (const path of [`/attempts/${attempt.id}/questions/2`, `/attempts/${attempt.id}/review`])
      expect((await browser.get(path)).path).to.match(/^\/sign-in/);
    await browser.get('/sign-in');
    await browser.submit('/sign-in', { email: learner.email, password: PASSWORD });
    expect((await browser.get(`/attempts/${attempt.id}/review`)).path).to.match(/^\/sign-in/);
    expect(await savedAnswers(attempt.id)).to.deep.equal(kept);
    expect((await findAttempt(attempt.id))?.submittedAt).to.equal(null);

    await setDisabled(learner, null);
    await browser.get('/sign-in');
    await browser.submit('/sign-in', { email: learner.email, password: PASSWORD });
    await browser.get(`/attempts/${attempt.id}/questions/2`);
    await browser.submit(`/attempts/${attempt.id}/answers/2`, rightAnswer(items[1]!));
    expect((await savedAnswers(attempt.id)).map(({ slot, response }) => [slot, response])).to.deep.equal([
      [1, rightAnswer(items[0]!)],
      [2, rightAnswer(items[1]!)],
    ]);
  });
});
