import { expect } from 'chai';
import { personRecord } from '../../../../server/office/management/people/learning-record.js';
import { hereIn, spoken } from '../../../../server/platform/i18n/spoken.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { mailsTo } from '../../../people/accounts/mails.js';
import { ada, dina } from '../../../support/people.js';
import { completed } from '../../../support/holders.js';
import { enrolled, MODULE, quizIn, quizzesOf, readLessons, takeQuiz } from '../../../support/walk.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { wrongAnswer } from '../../../support/answers.js';
import { ownWorld } from '../../../support/world.js';

const words = { place: hereIn('Europe/Oslo'), t: spoken };
const recordOf = (id: string, isLong = false) =>
  personRecord({ userId: id, organisationId: null }, { isLong, now: Date.now() }, words);

/** Somebody who completed one course, and is in the middle of another. */
async function learner() {
  const somebody = await ada();
  const { certificate } = await completed(somebody, 'volunteers');
  const cycle = await enrolled(somebody, 'airline-and-transport');
  await readLessons(cycle, MODULE);
  return { somebody, certificate, cycle };
}

/** Two more attempts: more than a short list holds. */
async function takeTwo(cycle: CycleFacts): Promise<void> {
  for (const quiz of (await quizzesOf(cycle)).slice(0, 2)) await takeQuiz(cycle, quiz);
}

describe('the page of a person', () => {
  ownWorld();
  it('shows courses, attempts, certificates and mail, and links to each certificate', async () => {
    const { somebody, certificate, cycle } = await learner();
    await takeTwo(cycle);
    await mailsTo(somebody.email);
    const { browser } = await dina();
    const page = await browser.get(`/admin/people/${somebody.id}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`href="/admin/certificates/${certificate.id}"`);
    expect(page.text.match(/data-state="(open|completed)"/g)).to.have.members([
      'data-state="open"',
      'data-state="completed"',
    ]);
    expect(page.text).to.include(`href="/admin/people/${somebody.id}?all#attempts"`);
    const all = await browser.get(`/admin/people/${somebody.id}?all`);
    expect(all.text).to.not.include('?all#attempts');
  });

  it('shows the progress of a course, quiz by quiz', async () => {
    const { somebody, cycle } = await learner();
    await takeQuiz(cycle, MODULE, wrongAnswer);
    const { courses } = await recordOf(somebody.id);
    const [open, done] = ['open', 'completed'].map(state => courses.rows.find(each => each.state === state));
    expect(done?.steps.done).to.equal(done?.steps.all);
    expect(new Set(done?.quizzes.map(({ state }) => state))).to.deep.equal(new Set(['passed']));
    expect(open?.steps.done)
      .to.be.above(0)
      .and.below(open?.steps.all ?? 0);
    expect(open?.quizzes.map(({ state }) => state).filter(state => state !== 'new')).to.deep.equal(['tried']);
  });

  it('says in words as what a learner takes a course, and with which job an attempt began', async () => {
    const { somebody, cycle } = await learner();
    await takeQuiz(cycle, MODULE);
    await write('update attempts set job = $1 where cycle_id = $2', ['cabin', cycle.id]);
    await write('update enrolments set job = $1 where id = $2', ['school', cycle.enrolmentId]);
    const { courses, attempts } = await recordOf(somebody.id);
    const [chosen, before] = [said('job.name.school'), said('job.name.cabin')];
    const open = courses.rows.filter(({ state }) => state === 'open');
    expect(open.map(({ job }) => job)).to.deep.equal([chosen]);
    expect(attempts.rows.flatMap(({ job }) => job ?? [])).to.deep.equal([before]);
    const { text } = await (await dina()).browser.get(`/admin/people/${somebody.id}`);
    expect(text).to.include(`<span data-job>${chosen}</span>`).and.include(`· ${before}</td>`);
    expect(text.match(/data-job/g), 'the other course does not ask for a job').to.have.length(1);
  });

  it('lists attempts, with the score of those that were submitted', async () => {
    const somebody = await ada();
    const cycle = await enrolled(somebody, 'volunteers');
    await readLessons(cycle, MODULE);
    const quiz = await quizIn(cycle, MODULE);
    await takeQuiz(cycle, MODULE);
    const other = await enrolled(somebody, 'airline-and-transport');
    await startAttempt(other, await quizIn(other, MODULE), Date.now());
    const { rows } = (await recordOf(somebody.id)).attempts;
    expect(rows.map(({ state }) => state)).to.have.members(['open', 'passed']);
    expect(rows.find(({ state }) => state === 'passed')).to.include({ quiz: quiz.title, number: 1 });
    expect(rows.find(({ state }) => state === 'open')?.score).to.equal(null);
  });

  it('shows the newest ten of each list, or all', async () => {
    const { somebody, cycle } = await learner();
    await takeTwo(cycle);
    const [short, long] = [await recordOf(somebody.id), await recordOf(somebody.id, true)];
    expect(short.attempts.rows).to.have.length(10);
    expect(short.attempts.hasMore).to.equal(true);
    expect(long.attempts.rows.length).to.be.above(10);
    expect(long.attempts.hasMore).to.equal(false);
    expect(long.attempts.rows.slice(0, 10)).to.deep.equal(short.attempts.rows);
  });

  it('shows empty lists for somebody who has done nothing', async () => {
    const somebody = await ada();
    const { courses, attempts, certificates } = await recordOf(somebody.id);
    expect([courses.rows, attempts.rows, certificates]).to.deep.equal([[], [], []]);
    expect((await (await dina()).browser.get(`/admin/people/${somebody.id}`)).status).to.equal(200);
  });
});
