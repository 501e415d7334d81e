import { expect } from 'chai';
import { publishContent } from '../../../../server/teaching/courses/publishing.js';
import { newestCycle, type CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { takeNewerVersion } from '../../../../server/teaching/learning/path/newer-version.js';
import { progressOf } from '../../../../server/teaching/learning/progress.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { files, sound } from '../../content/fixture.js';
import { ada } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { enrolled, quizIn, readLessons } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

/** Publishes the sample course; each edition has a lesson of its own, and one that stays. */
const publish = (edition: string) => {
  const tree = files();
  const first = tree['routes/lessons/00-essentials.md'] ?? '';
  const changed = {
    'routes/lessons/01-more.md': first
      .replace('title: Places', `title: ${edition}`)
      .replaceAll('M2-C01', 'M2-C02'),
  };
  const course = (tree['courses/volunteers.yaml'] ?? '').replace(
    '[00-essentials]',
    '[00-essentials, 01-more]',
  );
  return publishContent(
    sound({ ...tree, ...changed, 'courses/volunteers.yaml': course }),
    edition,
    Date.now(),
  );
};

const newerOf = ({ id }: CycleFacts) => `/learning/${id}/newer-version`;

/** Somebody who read all lessons of the sample course, of which a newer version was published meanwhile. */
async function midway(edition: string) {
  await publish(`${edition} first`);
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  await readLessons(cycle);
  await publish(`${edition} second`);
  return { ...learner, cycle };
}

describe('a newer version of a course that somebody is under way in', () => {
  ownWorld();

  it('is offered on the page of the course, and changes nothing until it is taken', async () => {
    const { browser, cycle } = await midway('A');
    expect((await browser.get(`/learning/${cycle.id}`)).text).to.include(`href="${newerOf(cycle)}"`);
    expect((await browser.get(newerOf(cycle))).text).to.include(`action="${newerOf(cycle)}"`);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
  });

  it('is not offered to whoever has it', async () => {
    await publish('B');
    const learner = await ada();
    const cycle = await enrolled(learner, 'volunteers');
    expect((await learner.browser.get(`/learning/${cycle.id}`)).text).to.not.include(newerOf(cycle));
    const page = await learner.browser.get(newerOf(cycle));
    expect(page.path).to.equal(`/learning/${cycle.id}`);
  });

  it('is the next cycle: lessons that did not change stay read, and the old cycle is kept', async () => {
    const { browser, cycle } = await midway('C');
    await browser.get(newerOf(cycle));
    const page = await browser.submit(newerOf(cycle), {});
    const next = await newestCycle(cycle.enrolmentId);
    if (!next) throw new Error('No cycle');
    expect(page.path).to.equal(`/learning/${next.id}`);
    expect(next).to.include({ number: cycle.number + 1, because: 'first' });
    expect([...(await progressOf(next.id)).finished]).to.deep.equal(['routes/00-essentials']);
    expect((await progressOf(cycle.id)).finished.size).to.equal(2);
    expect((await browser.get(`/learning/${cycle.id}`)).path).to.equal(`/learning/${next.id}`);
  });

  it('is taken once, however many requests arrive at once', async () => {
    const { cycle } = await midway('D');
    const progress = await progressOf(cycle.id);
    const taken = await Promise.all([1, 2, 3].map(() => takeNewerVersion(cycle, progress, Date.now())));
    expect(new Set(taken.map(({ id }) => id)).size).to.equal(1);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(2);
  });

  it('no quiz begins in a cycle that was left', async () => {
    const { cycle } = await midway('E');
    const progress = await progressOf(cycle.id);
    await takeNewerVersion(cycle, progress, Date.now());
    const left = { ...cycle, leftAt: Date.now() };
    const failure = await startAttempt(left, await quizIn(cycle, 'routes'), Date.now()).catch(
      (error: unknown) => error,
    );
    expect(failure).to.include({ status: 409 });
  });

  it('is no way around a quiz that is under way', async () => {
    const { browser, cycle } = await midway('F');
    await browser.get(newerOf(cycle));
    await startAttempt(cycle, await quizIn(cycle, 'routes'), Date.now());
    const page = await browser.submit(newerOf(cycle), {});
    expect(page.text).to.include('data-owed');
    expect(page.path).to.equal(newerOf(cycle));
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
  });

  it('belongs to the learner alone', async () => {
    const { cycle } = await midway('G');
    const other = await ada();
    expect((await other.browser.get(newerOf(cycle))).status).to.equal(404);
  });
});
