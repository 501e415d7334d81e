import { expect } from 'chai';
import { courseVersion } from '../../../../../server/teaching/courses/catalogue.js';
import { attemptsAt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { nextStep } from '../../../../../server/teaching/learning/completion.js';
import { stepHref } from '../../../../../server/teaching/learning/next-up.js';
import { progressOf } from '../../../../../server/teaching/learning/progress.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { ada, cleo } from '../../../../support/people.js';
import { said } from '../../../../support/said.js';
import { count } from '../../../../support/rows.js';
import { enrolled, MODULE, readLessons, readyForQuiz, takeQuiz } from '../../../../support/walk.js';
import { plain, send } from '../../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld, world } from '../../../../support/world.js';

describe('starting a quiz', () => {
  ownWorld();
  it('leads to the first question', async () => {
    const { browser, start, cycle, quiz } = await readyForQuiz();
    await browser.get(start);
    const page = await browser.submit(`${start}/attempts`);
    const [attempt] = await attemptsAt(cycle.id, MODULE);
    expect(page.path).to.equal(`/attempts/${attempt?.id}/questions/1`);
    expect(plain(page.text)).to.include(said('question.position', { position: 1, total: quiz.draw }));
    expect(attempt?.form).to.have.length(quiz.draw);
  });

  it('is refused while lessons are unread: no button, and 409 for a form sent anyway', async () => {
    const { browser, ...learner } = await ada();
    const cycle = await enrolled(learner);
    const start = `/learning/${cycle.id}/quizzes/${MODULE}`;
    const page = await browser.get(start);
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.include(said('quiz.lockedLessons'));
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const [lesson] = snapshot.modules.find(({ slug }) => slug === MODULE)?.lessons ?? [];
    expect(plain(page.text)).to.include(said('result.read', { title: plain(lesson?.title ?? '?') }));
    expect(linksIn(page.text, /\/lessons\//)).to.deep.equal([
      `/learning/${cycle.id}/modules/${MODULE}/lessons/${lesson?.name}`,
    ]);
    expect(page.text).to.not.include(`${start}/attempts`);
    expect((await send(browser, `${start}/attempts`)).status).to.equal(409);
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  it('leads back to the module, and from the final to the course', async () => {
    const { browser, ...learner } = await ada();
    const cycle = await enrolled(learner);
    const module = await browser.get(`/learning/${cycle.id}/quizzes/${MODULE}`);
    expect(plain(module.text)).to.include(said('quiz.back'));
    expect(linksIn(module.text, /\/modules\/[\w-]+$/)).to.deep.equal([
      `/learning/${cycle.id}/modules/${MODULE}`,
    ]);
    const volunteer = await enrolled(learner, 'volunteers');
    const final = await browser.get(`/learning/${volunteer.id}/quizzes/final`);
    expect(plain(final.text)).to.include(said('quiz.backToCourse')).and.not.include(said('quiz.back'));
    expect(linksIn(final.text, /^\/learning\/[\w-]+$/)).to.include(`/learning/${volunteer.id}`);
  });

  it('stays locked when one lesson of several is unread', async () => {
    const { browser, ...learner } = await ada();
    const cycle = await enrolled(learner, 'volunteers');
    await readLessons(cycle, MODULE);
    const start = `/learning/${cycle.id}/quizzes/survivor-trauma`;
    expect((await send(browser, `${start}/attempts`)).status).to.equal(409);
    await readLessons(cycle, 'survivor-trauma');
    expect((await send(browser, `${start}/attempts`)).status).to.equal(200);
  });

  it('is once, however often it is asked at the same moment', async () => {
    const { browser, start, cycle } = await readyForQuiz();
    await browser.get(start);
    const pages = await Promise.all(Array.from({ length: 20 }, () => browser.submit(`${start}/attempts`)));
    expect(pages.map(({ status }) => status)).to.deep.equal(Array(20).fill(200));
    expect(new Set(pages.map(({ path }) => path)).size).to.equal(1);
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(1);
    expect(
      await count(`events where name = 'attempt.started' and payload like $1`, [`%${cycle.id}%`]),
    ).to.equal(1);
  });

  it('goes on with the open attempt at the first question without an answer', async () => {
    const { browser, start, cycle, quiz } = await readyForQuiz();
    await browser.get(start);
    const first = await browser.submit(`${start}/attempts`);
    const [attempt] = await attemptsAt(cycle.id, MODULE);
    const item = quiz.items.find(({ id }) => id === attempt?.form[0]?.itemId);
    if (!item) throw new Error('The first question is not in the bank');
    await browser.submit(first.path.replace('questions', 'answers'), rightAnswer(item));
    const resume = await browser.get(start);
    expect(plain(resume.text)).to.include(said('quiz.resumeText'));
    // The view was chosen at the start, or is changed by a link: nothing is preset here.
    expect(resume.text).to.not.include('name="view"');
    expect(linksIn(resume.text, /\/questions$/)).to.deep.equal([`/attempts/${attempt?.id}/questions`]);
    expect((await browser.submit(`${start}/attempts`)).path).to.equal(`/attempts/${attempt?.id}/questions/2`);
  });

  it('draws other questions than the last time, after a fail and for practice after a pass', async () => {
    const { browser, start, cycle } = await readyForQuiz();
    const forms = [
      (await takeQuiz(cycle, MODULE, wrongAnswer)).form,
      (await takeQuiz(cycle, MODULE, rightAnswer)).form,
    ];
    expect(plain((await browser.get(start)).text)).to.include(said('quiz.passedTitle'));
    await browser.submit(`${start}/attempts`);
    forms.push((await attemptsAt(cycle.id, MODULE)).at(-1)?.form ?? []);
    const [first = [], second = [], third = []] = forms.map(form => form.map(({ itemId }) => itemId));
    expect(second.filter(id => first.includes(id))).to.deep.equal([]);
    expect(third.filter(id => second.includes(id))).to.deep.equal([]);
    expect(third).to.not.be.empty;
  });

  it('is practice after a pass, and the way on comes before it', async () => {
    const { browser, start, cycle } = await readyForQuiz();
    await takeQuiz(cycle, MODULE);
    await world().worker.drain();
    const page = await browser.get(start);
    const next = nextStep((await courseVersion(cycle.courseVersionId)).snapshot, await progressOf(cycle.id));
    if (!next) throw new Error('The course is over');
    expect(page.text).to.include(`<a class="button" href="${stepHref(cycle.id, next)}"`);
    expect(page.text).to.match(
      new RegExp(`<button class="button button-second"[^>]*><span>${said('quiz.practise')}`),
    );
  });

  it('draws as many safety-critical questions as the course asks for', async () => {
    const { cycle, quiz } = await readyForQuiz();
    const { form } = await takeQuiz(cycle, MODULE);
    const drawn = quiz.items.filter(({ id }) => form.some(({ itemId }) => itemId === id));
    expect(drawn).to.have.length(quiz.draw);
    expect(drawn.filter(({ critical }) => critical !== false)).to.have.length.at.least(quiz.minCritical);
  });

  it('lists the attempts so far', async () => {
    const { browser, start, cycle, quiz } = await readyForQuiz();
    const tries = [await takeQuiz(cycle, MODULE, wrongAnswer), await takeQuiz(cycle, MODULE)];
    const page = await browser.get(start);
    const words = plain(page.text);
    expect(words).to.include(
      `${said('quiz.notPassed')} ${said('quiz.score', { right: 0, total: quiz.draw })}`,
    );
    expect(words).to.include(
      `${said('quiz.passed')} ${said('quiz.score', { right: quiz.draw, total: quiz.draw })}`,
    );
    expect(linksIn(page.text, /^\/attempts\//)).to.deep.equal(tries.map(({ id }) => `/attempts/${id}`));
  });

  it('needs sign-in', async () => {
    const { start, cycle } = await readyForQuiz();
    const visitor = world().visitor();
    expect((await send(visitor, `${start}/attempts`)).path).to.equal('/sign-in');
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  it('returns 404 to other users', async () => {
    const { start, cycle } = await readyForQuiz();
    const { browser } = await cleo();
    expect((await send(browser, `${start}/attempts`)).status).to.equal(404);
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  it('is refused without the token of a page', async () => {
    const { browser, start, cycle } = await readyForQuiz();
    await browser.get(start);
    expect((await browser.post(`${start}/attempts`, {})).status).to.equal(403);
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  it('returns 404 for a quiz that the course does not have', async () => {
    const { browser, cycle } = await readyForQuiz();
    for (const name of ['life-after-and-prevention', 'Foundations', 'nothing', '__proto__', 'constructor']) {
      const start = `/learning/${cycle.id}/quizzes/${name}`;
      expect((await browser.get(start)).status, name).to.equal(404);
      expect((await send(browser, `${start}/attempts`)).status, name).to.equal(404);
    }
  });
});
