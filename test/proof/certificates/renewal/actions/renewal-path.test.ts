import { expect } from 'chai';
import { requiredQuizzes } from '../../../../../server/proof/certificates/lifecycle/award.js';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import { openRenewal } from '../../../../../server/proof/certificates/renewal/renew.js';
import { countedMinutes } from '../../../../../server/teaching/courses/cards.js';
import { FINAL, RENEWAL } from '../../../../../server/teaching/learning/completion.js';
import type { CycleFacts } from '../../../../../server/teaching/learning/enrolments.js';
import { finishLesson } from '../../../../../server/teaching/learning/progress.js';
import { takenCourse } from '../../../../../server/teaching/learning/path/taken-course.js';
import { attemptAddresses } from '../../../../../server/teaching/quizzes/attempts/question-page.js';
import { signedIn } from '../../../../support/people.js';
import { expire, signedInHolder } from '../../../../support/holders.js';
import { send } from '../../../../support/pages.js';
import { count } from '../../../../support/rows.js';
import { publishRenewalCourse, WITHIN } from '../../../../support/quizzes/renewal-course.js';
import { freshCycle, MODULE, takeQuiz } from '../../../../support/walk.js';
import { ownWorld, world } from '../../../../support/world.js';

/** Somebody whose certificate ends in so many days (it is good for 365), and the cycle that renews it. */
async function renewing(days: number) {
  const held = await signedInHolder();
  await expire(held.certificate, 365 - days);
  await publishRenewalCourse();
  const cycle = await openRenewal(held.cycle.enrolmentId, { timeZone: 'Europe/Oslo', now: Date.now() });
  return { ...held, browser: held.holder.browser, cycle, home: `/learning/${cycle.id}` };
}

/** Reads all that the cycle asks to read. */
async function readPath(cycle: CycleFacts): Promise<void> {
  const { snapshot } = await takenCourse(cycle);
  for (const { slug, lessons } of snapshot.modules)
    for (const { name } of lessons.filter(({ optional }) => !optional))
      await finishLesson(cycle, { module: slug, lesson: name }, Date.now());
}

describe('renewing by the shorter path of a course', () => {
  ownWorld();

  it('asks for its lessons, one quiz and the final, and the certificate says so', async () => {
    const { browser, cycle, home } = await renewing(30);
    expect(cycle).to.include({ because: 'window', path: 'renewal' });
    expect((await browser.get(home)).text)
      .to.include('data-path="renewal"')
      .and.include(`${home}/whole-course`);
    expect((await browser.get(`${home}/quizzes/${MODULE}`)).status).to.equal(404);
    expect((await browser.get(`${home}/quizzes/${RENEWAL}`)).text).to.not.include(
      `action="${home}/quizzes/${RENEWAL}/attempts"`,
    );
    await readPath(cycle);
    expect((await browser.get(`${home}/quizzes/${RENEWAL}`)).text).to.include(
      `action="${home}/quizzes/${RENEWAL}/attempts"`,
    );
    for (const quiz of [RENEWAL, FINAL]) {
      const { id } = await takeQuiz(cycle, quiz);
      await world().worker.drain();
      expect((await browser.get(attemptAddresses(id).result)).text).to.include(
        quiz === RENEWAL ? `href="${home}/quizzes/${FINAL}"` : 'data-',
      );
    }
    const certificate = await certificateOf(cycle.id);
    const taken = await takenCourse(cycle);
    expect(certificate?.facts).to.deep.include({ path: 'renewal', minutes: countedMinutes(taken.snapshot) });
    expect(certificate?.facts.modules.map(({ id }) => id)).to.deep.equal(
      requiredQuizzes(taken).map(({ id }) => id),
    );
    expect(certificate?.facts.modules.map(({ id }) => id)).to.deep.equal([RENEWAL, FINAL]);
    expect(certificate?.facts.course.criteria).to.equal('The holder renewed.');
    expect((await browser.get(`/certificates/${certificate?.id}`)).text).to.include('data-path="renewal"');
    const { achievement } = (
      JSON.parse(certificate?.credential ?? '') as { credentialSubject: { achievement: { id: string } } }
    ).credentialSubject;
    expect(new URL(achievement.id).pathname).to.equal(`/achievements/${taken.slug}/v${taken.number}/renewal`);
    const answer = await fetch(achievement.id, { headers: { accept: 'application/json' } });
    const { creator: _creator, ...described } = (await answer.json()) as Record<string, unknown>;
    expect(described).to.deep.equal(achievement);
  });

  it('is shorter than the course, by its own minutes', async () => {
    const { cycle } = await renewing(30);
    const whole = await takenCourse({ ...cycle, path: 'whole' });
    const shorter = await takenCourse(cycle);
    expect(countedMinutes(shorter.snapshot)).to.be.lessThan(countedMinutes(whole.snapshot));
  });

  it('gives way to the whole course where that is wished for, and what was read stays read', async () => {
    const { browser, cycle, home } = await renewing(30);
    await readPath(cycle);
    expect((await browser.get(`${home}/whole-course`)).text).to.include(`action="${home}/whole-course"`);
    for (let click = 0; click < 2; click += 1) await send(browser, `${home}/whole-course`);
    expect((await freshCycle(cycle)).path).to.equal('whole');
    expect((await browser.get(home)).text).to.not.include('data-path="renewal"');
    expect((await browser.get(`${home}/quizzes/${RENEWAL}`)).status).to.equal(404);
    expect((await browser.get(`${home}/quizzes/${MODULE}`)).status).to.equal(200);
    expect(await count('lesson_readings where cycle_id = $1', [cycle.id])).to.equal(1);
    const told = ['course.taken-whole', `%${cycle.id}%`];
    expect(await count('events where name = $1 and payload like $2', told)).to.equal(1);
  });

  it('is not left in the middle of a quiz', async () => {
    const { browser, cycle, home } = await renewing(30);
    await readPath(cycle);
    await browser.get(`${home}/quizzes/${RENEWAL}`);
    await browser.submit(`${home}/quizzes/${RENEWAL}/attempts`, { job: 'cabin' });
    expect((await browser.get(`${home}/whole-course`)).text).to.include('data-owed');
    await send(browser, `${home}/whole-course`);
    expect((await freshCycle(cycle)).path).to.equal('renewal');
  });

  it('is offered to whoever is late by no more than the course says', async () => {
    const late = await renewing(-30 * WITHIN + 5);
    expect(late.cycle).to.include({ because: 'lapsed', path: 'renewal' });
    const tooLate = await renewing(-31 * WITHIN - 5);
    expect(tooLate.cycle).to.include({ because: 'lapsed', path: 'whole' });
  });

  it('is nobody else’s to change', async () => {
    const { home } = await renewing(30);
    const { browser } = await signedIn();
    expect((await browser.get(`${home}/whole-course`)).status).to.equal(404);
    expect((await send(browser, `${home}/whole-course`)).status).to.equal(404);
  });
});
