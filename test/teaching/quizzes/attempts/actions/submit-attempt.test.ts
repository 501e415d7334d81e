import type { Quiz } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { questionTypes } from '../../../../../server/teaching/questions/question-types.js';
import { expect } from 'chai';
import { certificatesOf } from '../../../../../server/proof/certificates/queries.js';
import { findAttempt, type AttemptFacts } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { itemIn, quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { ada, cleo } from '../../../../support/people.js';
import { said, saidLike } from '../../../../support/said.js';
import {
  almostThrough,
  answerAll,
  attemptWith,
  course,
  enrolled,
  MODULE,
  quizIn,
  quizzesOf,
  readLessons,
  readyForQuiz,
  takeQuiz,
  workThrough,
} from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A learner at the last look, every question answered. */
async function answered(answer = rightAnswer) {
  const ready = await readyForQuiz();
  const attempt = await startAttempt(ready.cycle, ready.quiz, Date.now());
  await answerAll(attempt, ready.quiz, answer);
  await ready.browser.get(`/attempts/${attempt.id}/review`);
  return {
    ...ready,
    attempt,
    result: `/attempts/${attempt.id}`,
    submission: `/attempts/${attempt.id}/submission`,
  };
}

const itemsOf = (attempt: AttemptFacts, quiz: Quiz) => attempt.form.map(drawn => itemIn(quiz, drawn).item);
const eventsAbout = (name: string, id: string) =>
  count('events where name = $1 and payload like $2', [name, `%${id}%`]);

describe('submitting an attempt', () => {
  ownWorld();
  it('grades it, and passes when all is right', async () => {
    const { browser, attempt, result, submission, quiz } = await answered();
    const page = await browser.submit(submission);
    expect([page.status, page.path]).to.deep.equal([200, result]);
    expect(await findAttempt(attempt.id)).to.include({
      points: quiz.draw * 100,
      rightAnswers: quiz.draw,
      passed: true,
    });
    expect(plain(page.text)).to.include(said('result.scored', { right: quiz.draw, count: quiz.draw }));
  });

  it('warns that a blank question counts as not right, and counts it so', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const attempt = await startAttempt(cycle, quiz, Date.now());
    const review = await browser.get(`/attempts/${attempt.id}/review`);
    expect(plain(review.text)).to.include(said('review.blank'));
    await browser.submit(`/attempts/${attempt.id}/submission`);
    expect(await findAttempt(attempt.id)).to.include({ points: 0, rightAnswers: 0, passed: false });
  });

  it('counts no false alarm where nothing was answered', async () => {
    const { snapshot } = await course();
    const bank = quizOf(snapshot, MODULE)?.items ?? [];
    const situations = (kind: Item['judgement'], most: number) =>
      bank
        .filter(item => item.judgement === kind && optionsOf(item).some(({ judges }) => judges))
        .slice(0, most);
    const form = [...situations('concern', 4), ...situations('no-concern', 3)];
    expect(form).to.have.lengthOf(7);
    const judgedAfter = async (answers: number) => {
      const { browser, cycle, quiz } = await readyForQuiz();
      const attempt = await attemptWith(cycle, quiz, form);
      await answerAll({ ...attempt, form: attempt.form.slice(0, answers) }, quiz);
      await browser.get(`/attempts/${attempt.id}/review`);
      return plain((await browser.submit(`/attempts/${attempt.id}/submission`)).text);
    };
    expect(await judgedAfter(0))
      .to.not.include(said('result.judging.heading'))
      .and.not.include(said('result.judging.why'));
    expect(await judgedAfter(3))
      .to.include(said('result.judging.concern', { acted: 3, all: 3, right: 3 }))
      .and.include(said('result.judging.blank', { number: 1 }))
      .and.not.match(saidLike('result.judging.noConcern', { left: /\d+/, all: /\d+/ }));
    expect(await judgedAfter(7))
      .to.include(said('result.judging.concern', { acted: 4, all: 4, right: 4 }))
      .and.include(said('result.judging.noConcern', { left: 3, all: 3 }))
      .and.not.match(saidLike('result.judging.blank', { number: /\d+/ }));
  });

  describe('after a fail', () => {
    it('names the objectives and lessons to read again, and a new try once the safety rules are worked through', async () => {
      const { browser, submission, attempt, quiz, start, cycle } = await answered(wrongAnswer);
      const page = await browser.submit(submission);
      const words = plain(page.text);
      expect(words).to.include(said('result.notYet'));
      expect(words).to.include(said('result.score', { right: 0, count: quiz.draw }));
      const { snapshot } = await course();
      const module = snapshot.modules.find(({ slug }) => slug === MODULE);
      for (const { objective } of itemsOf(attempt, quiz)) {
        const text = module?.objectives.find(({ id }) => id === objective)?.text ?? 'no such objective';
        expect(words).to.include(plain(text));
      }
      expect(linksIn(page.text, new RegExp(`^/learning/${cycle.id}/modules/.+/lessons/`))).to.not.be.empty;
      await workThrough(cycle, quiz);
      expect(linksIn((await browser.get(page.path)).text, /\/quizzes\//)).to.include(start);
    });

    it('says that another attempt passed the quiz, and shows the way on', async () => {
      const { browser, cycle, quiz, start } = await readyForQuiz();
      const failed = await takeQuiz(cycle, quiz.name, wrongAnswer);
      const passed = await takeQuiz(cycle, quiz.name);
      await world().worker.drain();
      const page = await browser.get(`/attempts/${failed.id}`);
      const words = plain(page.text);
      expect(words).to.include(said('result.thisTry')).and.include(said('result.passedOther'));
      for (const key of ['notYet', 'tryAgain', 'tryNow', 'readAgain', 'readThen', 'noLimit'])
        expect(words, key).to.not.include(said(`result.${key}`));
      expect(linksIn(page.text, /^\/attempts\//)).to.deep.equal([`/attempts/${passed.id}`]);
      expect(linksIn(page.text, new RegExp(`^${start}$`))).to.deep.equal([]);
      expect(page.text).to.match(
        new RegExp(`<a class="button" [^>]*><span>${said('lesson.next', { title: '' })}`),
      );
    });

    it('holds nothing of the key: no question, no option, no feedback', async () => {
      const { browser, submission, attempt, quiz, result } = await answered(wrongAnswer);
      await browser.submit(submission);
      for (const path of [result, `${result}/review`, `${result}/questions/1`]) {
        const { text } = await browser.get(path);
        const words = plain(text);
        for (const item of quiz.items) {
          for (const { feedback } of optionsOf(item)) expect(words).to.not.include(plain(feedback));
        }
        for (const item of itemsOf(attempt, quiz)) {
          expect(words).to.not.include(plain(item.stem));
          expect(text).to.not.include(item.id);
        }
      }
    });

    it('does not reveal which question was wrong when only one was', async () => {
      const { browser, cycle, quiz } = await readyForQuiz();
      const attempt = await startAttempt(cycle, quiz, Date.now());
      const critical = itemsOf(attempt, quiz).find(item => item.critical !== false);
      await answerAll(attempt, quiz, item =>
        item.id === critical?.id ? wrongAnswer(item) : rightAnswer(item),
      );
      await browser.get(`/attempts/${attempt.id}/review`);
      const words = plain((await browser.submit(`/attempts/${attempt.id}/submission`)).text);
      for (const item of itemsOf(attempt, quiz)) expect(words).to.not.include(plain(item.stem));
    });

    it('may be tried again, with other questions', async () => {
      const { browser, submission, attempt, start, cycle, quiz } = await answered(wrongAnswer);
      await browser.submit(submission);
      await workThrough(cycle, quiz);
      await browser.get(start);
      const { path } = await browser.submit(`${start}/attempts`);
      const again = await findAttempt(path.split('/')[2]);
      expect(again?.id).to.not.equal(attempt.id);
      expect(again?.number).to.equal(2);
      const before = attempt.form.map(({ itemId }) => itemId);
      expect(again?.form.filter(({ itemId }) => before.includes(itemId))).to.deep.equal([]);
      expect(await count('quiz_passes where cycle_id = $1', [cycle.id])).to.equal(0);
    });
  });

  describe('after a pass', () => {
    it('shows each question, the right options and the feedback on every option', async () => {
      const { browser, submission, attempt, quiz } = await answered();
      const words = plain((await browser.submit(submission)).text);
      for (const item of itemsOf(attempt, quiz)) {
        expect(words).to.include(plain(questionTypes.of(item).inList?.(item) ?? item.stem));
        for (const { text, feedback } of optionsOf(item)) {
          expect(words).to.include(plain(text));
          expect(words).to.include(plain(feedback));
        }
      }
    });

    it('keeps the pass, and a later fail does not take it away', async () => {
      const { browser, submission, start, cycle, quiz } = await answered();
      await browser.submit(submission);
      expect(await count('quiz_passes where cycle_id = $1', [cycle.id])).to.equal(1);
      await browser.get(start);
      await browser.submit(`${start}/attempts`);
      const id = browser.last?.path.split('/')[2] ?? '';
      const practice = await findAttempt(id);
      if (!practice) throw new Error('No attempt was started');
      await answerAll(practice, quiz, wrongAnswer);
      await browser.get(`/attempts/${id}/review`);
      expect(plain((await browser.submit(`/attempts/${id}/submission`)).text)).to.include(
        said('result.thisTry'),
      );
      expect(await count('quiz_passes where cycle_id = $1', [cycle.id])).to.equal(1);
      expect(plain((await browser.get(start)).text)).to.include(said('quiz.passedTitle'));
    });
  });

  it('does not pass with a safety-critical answer wrong, however many others are right', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const critical = quiz.items.find(item => item.critical !== false);
    const others = quiz.items.filter(item => item.critical === false).slice(0, quiz.pass);
    if (!critical) throw new Error('The bank has no safety-critical question');
    const attempt = await attemptWith(cycle, quiz, [...others, critical]);
    await answerAll(attempt, quiz, item => (item.id === critical.id ? wrongAnswer(item) : rightAnswer(item)));
    await browser.get(`/attempts/${attempt.id}/review`);
    const words = plain((await browser.submit(`/attempts/${attempt.id}/submission`)).text);
    expect(await findAttempt(attempt.id)).to.include({ points: quiz.pass * 100, passed: false });
    expect(words).to.include(said('result.notYet'));
    const module = (await course()).snapshot.modules.find(({ slug }) => slug === MODULE);
    const objective = module?.objectives.find(({ id }) => id === critical.objective)?.text ?? '';
    // The notice names the rule, so the row of the lesson names the objective alone.
    expect(words)
      .to.include(said('remediation.missed', { count: 1 }))
      .and.include(plain(objective));
    expect(words).to.not.include(said('result.safety', { objective: '' }));
    expect(await count('quiz_passes where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  it('passes with an ordinary answer wrong where the pass mark allows it', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const critical = quiz.items.find(item => item.critical !== false);
    const others = quiz.items.filter(item => item.critical === false).slice(0, quiz.pass);
    if (!critical) throw new Error('The bank has no safety-critical question');
    const attempt = await attemptWith(cycle, quiz, [critical, ...others]);
    await answerAll(attempt, quiz, item =>
      item.id === others[0]?.id ? wrongAnswer(item) : rightAnswer(item),
    );
    await browser.get(`/attempts/${attempt.id}/review`);
    await browser.submit(`/attempts/${attempt.id}/submission`);
    expect(await findAttempt(attempt.id)).to.include({ points: quiz.pass * 100, passed: true });
  });

  it('fifty times at once gives one result, one certificate, one mail', async () => {
    const learner = await ada();
    const { browser } = learner;
    const cycle = await enrolled(learner);
    const last = (await quizzesOf(cycle)).at(-1) ?? '';
    await almostThrough(cycle, [last]);
    const quiz = await quizIn(cycle, last);
    const attempt = await startAttempt(cycle, quiz, Date.now());
    await answerAll(attempt, quiz);
    await browser.get(`/attempts/${attempt.id}/review`);
    const submission = `/attempts/${attempt.id}/submission`;
    const pages = await Promise.all(Array.from({ length: 50 }, () => browser.submit(submission)));
    expect(new Set(pages.map(({ status, path }) => `${status} ${path}`))).to.deep.equal(
      new Set([`200 /attempts/${attempt.id}`]),
    );
    await world().worker.drain();

    expect(await eventsAbout('attempt.graded', attempt.id)).to.equal(1);
    expect(await eventsAbout('quiz.passed', attempt.id)).to.equal(1);
    expect(await eventsAbout('course.completed', cycle.id)).to.equal(1);
    expect(await count('certificates where cycle_id = $1', [cycle.id])).to.equal(1);
    const [certificate] = await certificatesOf(learner.id);
    expect(await eventsAbout('certificate.issued', certificate?.id ?? '')).to.equal(1);
    const subjects = world()
      .mailbox.to(learner.email)
      .map(({ subject }) => subject);
    expect(subjects).to.deep.equal([said('mail.subject.certificate-issued')]);
  });

  it('shows the certificate on the very page that the last quiz ends on', async () => {
    const learner = await ada();
    const { browser } = learner;
    const cycle = await enrolled(learner);
    const last = (await quizzesOf(cycle)).at(-1) ?? '';
    await almostThrough(cycle, [last]);
    const quiz = await quizIn(cycle, last);
    const attempt = await startAttempt(cycle, quiz, Date.now());
    await answerAll(attempt, quiz);
    await browser.get(`/attempts/${attempt.id}/review`);
    const page = await browser.submit(`/attempts/${attempt.id}/submission`);
    expect(plain(page.text)).to.include(said('result.completed'));
    expect(plain(page.text)).to.match(saidLike('renewal.notYet', { opens: /\d+ \w+ \d{4}/ }));
    const [pdf] = linksIn(page.text, /^\/certificates\/[\w-]+\/certificate\.pdf$/);
    expect((await browser.bytes(pdf ?? '/nowhere')).subarray(0, 5).toString()).to.equal('%PDF-');
    expect(plain((await browser.get(`/learning/${cycle.id}`)).text)).to.include(
      said('course.certificateReady'),
    );
  });

  it('once the course is complete, shows the result of a module that is looked at again as its own', async () => {
    const learner = await ada();
    const cycle = await enrolled(learner);
    const module = (await course()).snapshot.modules.find(({ slug }) => slug === MODULE);
    await readLessons(cycle);
    const early = await takeQuiz(cycle, MODULE);
    await almostThrough(cycle, [MODULE]);
    const page = await learner.browser.get(`/attempts/${early.id}`);
    const words = plain(page.text);
    expect(words)
      .to.include(said('result.passedModule'))
      .and.include(said('quiz.of', { title: plain(module?.title ?? '?') }));
    expect(words).to.not.include(said('result.completed'));
    expect(linksIn(page.text, /certificate\.pdf$/)).to.deep.equal([]);
  });

  describe('is not for everyone', () => {
    it('needs sign-in', async () => {
      const { attempt, submission } = await answered();
      expect((await send(world().visitor(), submission)).path).to.equal('/sign-in');
      expect((await findAttempt(attempt.id))?.submittedAt).to.equal(null);
    });

    it('returns 404 to other users', async () => {
      const { attempt, submission, result, browser } = await answered();
      const other = await cleo();
      expect((await send(other.browser, submission)).status).to.equal(404);
      expect((await findAttempt(attempt.id))?.submittedAt).to.equal(null);
      await browser.submit(submission);
      expect((await other.browser.get(result)).status).to.equal(404);
    });

    it('is refused without the token of a page', async () => {
      const { attempt, submission, browser } = await answered();
      expect((await browser.post(submission, {})).status).to.equal(403);
      expect((await findAttempt(attempt.id))?.submittedAt).to.equal(null);
    });

    it('takes no result from the form', async () => {
      const { attempt, submission, browser } = await answered(wrongAnswer);
      await browser.submit(submission, { points: '300', passed: 'true', score: '1e999' });
      expect(await findAttempt(attempt.id)).to.include({ points: 0, passed: false });
    });
  });
});
