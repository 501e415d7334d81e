import { expect } from 'chai';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { row, count } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueue, jobOf } from '../../../../server/platform/events/jobs/enqueue.js';
import { findCycle } from '../../../../server/teaching/learning/enrolments.js';
import { progressOf } from '../../../../server/teaching/learning/progress.js';
import { tallyOf } from '../../../../server/teaching/quizzes/regrading/regrades.js';
import { person } from '../../../support/people.js';
import { knowing, otherOption, roundIn, ruledCourse } from '../../../support/quizzes/ruled-course.js';
import { MODULE, takeQuiz } from '../../../support/walk.js';
import { rightAnswer } from '../../../support/answers.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { ownRegrader, regrader, preview, mendedKey, carryOut } from './regrading.js';

describe('a regrade and the certificate', () => {
  ownWorld();
  ownRegrader();

  it('is issued to somebody who passes by the ruling, and who gets a mail', async () => {
    const place = await ruledCourse();
    const learner = await person();
    const cycle = await roundIn(place, learner);
    await takeQuiz(cycle, MODULE, knowing(place, place.others[0]));
    await world().worker.drain();
    expect(await certificateOf(cycle.id)).to.equal(null);
    const id = await preview(place);
    expect((await tallyOf(id)).certificates).to.deep.equal({ issue: 1, replace: 0, suspend: 0 });
    await carryOut(id);
    const certificate = await certificateOf(cycle.id);
    expect(certificate?.issuedAt).to.be.a('number');
    expect(certificate?.facts.modules[0]?.percent).to.equal(66);
    const subjects = world()
      .mailbox.to(learner.email)
      .map(({ subject }) => subject);
    expect(subjects).to.include(said('mail.subject.result-changed'));
  });

  it('is replaced where its results change, and keeps its code', async () => {
    const place = await ruledCourse();
    const cycle = await roundIn(place, await person());
    await takeQuiz(cycle, MODULE, knowing(place, ...place.others));
    await world().worker.drain();
    const first = await certificateOf(cycle.id);
    const id = await preview(place);
    expect((await tallyOf(id)).certificates).to.deep.equal({ issue: 0, replace: 1, suspend: 0 });
    await carryOut(id);
    const second = await certificateOf(cycle.id);
    expect(second).to.include({ code: first?.code, replaces: first?.id });
    expect([first, second].map(each => each?.facts.modules[0]?.percent)).to.deep.equal([66, 100]);
  });

  it('stays as it is for somebody who keeps the pass', async () => {
    const place = await ruledCourse();
    const cycle = await roundIn(place, await person());
    await takeQuiz(cycle, MODULE, knowing(place, place.ruled, place.others[0]));
    await world().worker.drain();
    const first = await certificateOf(cycle.id);
    const id = await preview(place, mendedKey(place));
    expect(await tallyOf(id)).to.deep.include({ certificates: { issue: 0, replace: 0, suspend: 0 } });
    await carryOut(id);
    expect(await certificateOf(cycle.id)).to.deep.equal(first);
    expect([...(await progressOf(cycle.id)).passed]).to.deep.equal([MODULE]);
  });

  it('is suspended when the pass is withdrawn, and reinstated after the next pass', async () => {
    const place = await ruledCourse();
    const learner = await person();
    const cycle = await roundIn(place, learner);
    const attempt = await takeQuiz(cycle, MODULE, knowing(place, place.ruled, place.others[0]));
    await world().worker.drain();
    const first = await certificateOf(cycle.id);
    const id = await preview(place, mendedKey(place), 'The key was dangerous');
    expect((await tallyOf(id)).certificates).to.deep.equal({ issue: 0, replace: 0, suspend: 1 });
    await carryOut(id);
    expect([...(await progressOf(cycle.id)).passed]).to.deep.equal([]);
    expect((await findCycle(cycle.id))?.completedAt).to.equal(null);
    expect((await certificateOf(cycle.id))?.suspendedAt).to.be.a('number');
    const withdrawn = await row(
      `select quiz, actor_id as "actorId", passed_at is not null as "wasPassed" from pass_withdrawals where attempt_id = $1`,
      [attempt.id],
    );
    expect(withdrawn).to.include({ quiz: MODULE, actorId: regrader().id });
    // A job that an earlier version left in the queue brings nothing back.
    const passed = await row<{ id: string }>(
      `select id from events where name = 'quiz.passed' and payload like $1`,
      [`%${cycle.id}%`],
    );
    const news = jobOf(
      { name: 'learning.record-pass', lane: 'awaited' },
      { eventId: passed?.id ?? '', now: 0 },
    );
    await inTransaction(() => enqueue(news));
    await world().worker.drain();
    expect(await count(`jobs where dedupe_key = $1 and state = 'done'`, [news.dedupeKey])).to.equal(1);
    expect([...(await progressOf(cycle.id)).passed]).to.deep.equal([]);
    const again = await takeQuiz(cycle, MODULE, item =>
      item.id === place.ruled.id ? { choice: otherOption(place.ruled) } : rightAnswer(item),
    );
    expect(again.passed).to.equal(true);
    await world().worker.drain();
    const last = await certificateOf(cycle.id);
    expect(last).to.include({ suspendedAt: null, replaces: first?.id, code: first?.code });
    expect(last?.facts.modules[0]?.percent).to.equal(100);
  });

  it('stays where another attempt of the cycle passed', async () => {
    const place = await ruledCourse();
    const cycle = await roundIn(place, await person());
    await takeQuiz(cycle, MODULE, knowing(place, place.ruled, place.others[0]));
    await takeQuiz(cycle, MODULE, knowing(place, ...place.others));
    await world().worker.drain();
    const id = await preview(place, mendedKey(place), 'The key was dangerous');
    expect((await tallyOf(id)).changes).to.include({ withdrawn: 1, points: 1 });
    await carryOut(id);
    expect([...(await progressOf(cycle.id)).passed]).to.deep.equal([MODULE]);
    const certificate = await certificateOf(cycle.id);
    expect(certificate).to.include({ suspendedAt: null, supersededAt: null });
    expect(certificate?.facts.modules[0]?.percent).to.equal(100);
  });
});
