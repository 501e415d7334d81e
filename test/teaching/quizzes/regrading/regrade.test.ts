import { expect } from 'chai';
import { rows, count, write } from '../../../support/rows.js';
import { findAttempt, savedAnswers } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { resultOf, submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { applyRegrade } from '../../../../server/teaching/quizzes/regrading/applying/apply.js';
import { findRegrade, tallyOf } from '../../../../server/teaching/quizzes/regrading/regrades.js';
import { confirmRegrade } from '../../../../server/teaching/quizzes/regrading/applying/confirm-regrade.js';
import { previewAgain } from '../../../../server/teaching/quizzes/regrading/preview/preview-regrade.js';
import { pruneDrafts } from '../../../../server/teaching/quizzes/regrading/preview/drafts.js';
import { countedQuizzes } from '../../../../server/teaching/quizzes/item-analysis/kept/counted-quizzes.js';
import { countFacts } from '../../../../server/platform/sums/count.js';
import { quizStatistics } from '../../../../server/teaching/quizzes/item-analysis/quiz-statistics.js';
import { keep, madeUpAttempt } from '../../../support/quizzes/made-up-attempts.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { person } from '../../../support/people.js';
import { knowing, roundIn, ruledCourse } from '../../../support/quizzes/ruled-course.js';
import { answerAll, MODULE, takeQuiz } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { ownRegrader, by, preview, mendedKey, stateOf, carryOut, crowd } from './regrading.js';

describe('a regrade', () => {
  ownWorld();
  ownRegrader();

  it('is previewed first, which counts the changes and makes none', async () => {
    const place = await ruledCourse();
    const ids = await crowd(place);
    const before = await stateOf(ids);
    const id = await preview(place, mendedKey(place));
    expect(await stateOf(ids)).to.deep.equal(before);
    expect(await findRegrade(id)).to.include({ state: 'draft', lookedAt: 15, ruling: null });
    // Right on the ruled and the second: fails now, kept. Second alone: passes. Both others: one more point.
    expect((await tallyOf(id)).changes).to.deep.equal({ passed: 3, points: 9, kept: 3, withdrawn: 0 });
  });

  it('does exactly what was previewed, and stores the results before and after', async () => {
    const place = await ruledCourse();
    const ids = await crowd(place);
    const before = await stateOf(ids);
    const id = await preview(place, mendedKey(place));
    const lines = await rows<{ attemptId: string; change: string; points: number }>(
      `select attempt_id as "attemptId", change, points_after as points from regrade_lines where regrade_id = $1`,
      [id],
    );
    await carryOut(id);
    const after = await stateOf(ids);
    for (const [at, attemptId] of ids.entries()) {
      const line = lines.find(each => each.attemptId === attemptId);
      if (!line || line.change === 'kept') expect(after[at]).to.deep.equal(before[at]);
      else expect(after[at]?.points).to.equal(line.points);
      expect(after[at]?.passed).to.equal(before[at]?.passed || line?.change === 'passed');
      const attempt = await findAttempt(attemptId);
      const shown = attempt && (await resultOf(attempt, place.quiz, await savedAnswers(attempt.id))).graded;
      expect(shown?.total).to.include({ points: after[at]?.points, passed: after[at]?.passed });
    }
    const logged = await rows<{ before: string; after: string }>(
      `select before, after from attempt_regrades where regrade_id = $1 and change = 'passed'`,
      [id],
    );
    expect(logged).to.have.length(3);
    for (const entry of logged) {
      expect(JSON.parse(entry.before)).to.include({ points: 100, passed: false });
      expect(JSON.parse(entry.after)).to.include({ points: 200, passed: true });
      expect(JSON.parse(entry.before)).to.have.nested.property('slots[0].points', 0);
    }
  });

  it('gives everybody the points of a void question', async () => {
    const place = await ruledCourse({ critical: 'never-2' });
    const ids = await crowd(place, 2);
    const id = await preview(place);
    expect((await tallyOf(id)).changes).to.deep.equal({ passed: 4, points: 2, kept: 0, withdrawn: 0 });
    await carryOut(id);
    for (const state of await stateOf(ids)) expect(state?.points).to.be.at.least(100);
  });

  it('changes nothing more when it is confirmed or carried out twice', async () => {
    const place = await ruledCourse();
    const ids = await crowd(place, 1);
    const id = await preview(place);
    await Promise.all([confirmRegrade(id, by()), confirmRegrade(id, by()), confirmRegrade(id, by())]);
    await Promise.all([applyRegrade(id, newId(), Date.now()), applyRegrade(id, newId(), Date.now())]);
    await world().worker.drain();
    const once = await stateOf(ids);
    await applyRegrade(id, newId(), Date.now());
    await write(`update regrades set state = 'running' where id = $1`, [id]);
    await applyRegrade(id, newId(), Date.now());
    expect(await stateOf(ids)).to.deep.equal(once);
    expect(await count('item_rulings where regrade_id = $1', [id])).to.equal(1);
    const told = await rows<{ name: string }>(`select name from events where payload like $1`, [`%${id}%`]);
    expect(told.filter(({ name }) => name === 'item.ruled')).to.have.length(1);
    expect(told.filter(({ name }) => name === 'attempt.regraded')).to.have.length(3);
  });

  it('continues where it died half-way, and ends as if it had not', async () => {
    const place = await ruledCourse();
    const ids = await crowd(place, 4);
    const id = await preview(place, mendedKey(place));
    const changing = await rows<{ attemptId: string }>(
      'select attempt_id as "attemptId" from regrade_lines where regrade_id = $1 order by attempt_id',
      [id],
    );
    // The first attempt is not as it was previewed for a while: the others are done, then the job dies of it.
    const meddle = (points: number) =>
      write('update attempts set points = points + $1 where id = $2', [points, changing[0]?.attemptId ?? '']);
    await meddle(1);
    await confirmRegrade(id, by());
    await world().worker.drain();
    expect(await count('attempt_regrades where regrade_id = $1', [id])).to.equal(changing.length - 1);
    expect((await findRegrade(id))?.state).to.equal('running');
    await meddle(-1);
    await write(`update jobs set run_at = 0 where reaction = 'quizzes.regrade' and state = 'ready'`);
    await world().worker.drain();
    expect((await findRegrade(id))?.state).to.equal('done');
    expect(ids).to.include.members(changing.map(({ attemptId }) => attemptId));
    const lines = await count('regrade_lines where regrade_id = $1', [id]);
    expect(await count('attempt_regrades where regrade_id = $1', [id])).to.equal(lines);
    const repeat = await preview(place, mendedKey(place));
    const { changes } = await tallyOf(repeat);
    expect(changes).to.deep.equal({ passed: 0, points: 0, kept: 4, withdrawn: 0 });
  });

  it('is pruned when it is old and nobody has confirmed it', async () => {
    const place = await ruledCourse();
    await crowd(place, 1);
    const [old, young, used] = [await preview(place), await preview(place), await preview(place)];
    await carryOut(used);
    const month = 30 * 86_400_000;
    const age = (id: string, days: number) =>
      write('update regrades set created_at = $1 where id = $2', [Date.now() - month - days, id]);
    await age(old, 86_400_000);
    await age(used, 86_400_000);
    await pruneDrafts(Date.now());
    expect(await findRegrade(old)).to.equal(null);
    expect(await count('regrade_lines where regrade_id = $1', [old])).to.equal(0);
    for (const id of [young, used]) {
      expect(await findRegrade(id)).to.not.equal(null);
      expect(await count('regrade_lines where regrade_id = $1', [id])).to.be.greaterThan(0);
    }
  });

  it('spans several jobs, and regrades each attempt once', async () => {
    const place = await ruledCourse();
    const items = [place.ruled, ...place.others];
    await keep(
      Array.from({ length: 120 }, () =>
        madeUpAttempt(place, { items, answer: knowing(place), startedAt: 1000 }),
      ),
    );
    const id = await preview(place);
    expect((await tallyOf(id)).changes.points).to.equal(120);
    await carryOut(id);
    const done = await count('attempts where course_version_id = $1 and points = 100', [place.versionId]);
    expect(done).to.equal(120);
    expect(
      await count(`jobs where reaction = 'quizzes.regrade' and dedupe_key like $1`, [`%${id}%`]),
    ).to.equal(1);
    expect(
      await count(`events where name = 'attempt.regraded' and payload like $1`, [`%"regradeId":"${id}"%`]),
    ).to.equal(120);
  });

  it('is refused when a quiz was submitted since, and when another ruling was made', async () => {
    const place = await ruledCourse();
    await crowd(place, 1);
    const id = await preview(place);
    const items = [place.ruled, ...place.others];
    await keep([madeUpAttempt(place, { items }), madeUpAttempt(place, { items, isOpen: true })]);
    expect(await confirmRegrade(id, by())).to.deep.equal({ kind: 'look-again', came: 1 });
    const draft = await findRegrade(id);
    if (!draft) throw new Error('No draft');
    const [again, other] = [await previewAgain(draft, by()), await previewAgain(draft, by())];
    await carryOut(again);
    expect(await confirmRegrade(other, by())).to.deep.equal({ kind: 'look-again', came: 0 });
    expect((await findRegrade(other))?.state).to.equal('draft');
  });

  it('grades attempts that were open, and their result pages agree', async () => {
    const place = await ruledCourse();
    const learner = await person();
    const cycle = await roundIn(place, learner);
    const attempt = await startAttempt(cycle, place.quiz, Date.now());
    await answerAll(attempt, place.quiz, knowing(place, place.others[0]));
    await carryOut(await preview(place));
    await submitAttempt(attempt, place.quiz, Date.now());
    const done = await findAttempt(attempt.id);
    expect(done).to.include({ passed: true, points: 200 });
    const kept = await savedAnswers(attempt.id);
    expect(done && (await resultOf(done, place.quiz, kept)).graded.total).to.include({
      passed: true,
      points: 200,
    });
  });

  it('leaves attempts at other versions alone', async () => {
    const place = await ruledCourse();
    const other = await ruledCourse();
    await carryOut(await preview(place));
    const learner = await person();
    const attempt = await takeQuiz(await roundIn(other, learner), MODULE, knowing(other, other.others[0]));
    expect(attempt).to.include({ passed: false, points: 100 });
  });

  it('lifts a ruling, and keeps the passes that it gave', async () => {
    const place = await ruledCourse();
    const ids = await crowd(place, 1);
    const before = await stateOf(ids);
    await carryOut(await preview(place));
    await carryOut(await preview(place, { kind: 'lift' }));
    const after = await stateOf(ids);
    expect(after.map(state => state?.passed)).to.deep.equal([true, true, true, false, false]);
    expect(after[4]).to.deep.equal(before[4]);
  });

  it('loses no attempt that is submitted while it is confirmed', async () => {
    const place = await ruledCourse();
    const open = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const cycle = await roundIn(place, await person());
        const attempt = await startAttempt(cycle, place.quiz, Date.now());
        await answerAll(attempt, place.quiz, knowing(place, place.others[0]));
        return attempt;
      }),
    );
    const submit = (attempt: (typeof open)[number]) => submitAttempt(attempt, place.quiz, Date.now());
    let id = await preview(place);
    const [, , confirmed] = await Promise.all([
      submit(open[0] as never),
      submit(open[1] as never),
      confirmRegrade(id, by()),
      submit(open[2] as never),
      submit(open[3] as never),
      submit(open[4] as never),
      submit(open[5] as never),
    ]);
    if (confirmed.kind === 'look-again') {
      id = await preview(place);
      await carryOut(id);
    } else await world().worker.drain();
    const states = await stateOf(open.map(attempt => attempt.id));
    expect(states.map(state => state?.passed)).to.deep.equal([true, true, true, true, true, true]);
  });

  it('leaves the figures of a void question as people answered it, and counts the forms as regraded', async () => {
    const place = await ruledCourse();
    await crowd(place, 4);
    const scope = {
      courseSlug: place.courseSlug,
      quiz: MODULE,
      version: place.version,
      only: 'first' as const,
    };
    const facility = async () => {
      const figures = await quizStatistics(scope);
      if (figures.isSmall) throw new Error('Enough people took it');
      const found = figures.items.find(({ version }) => version.id === place.ruled.id);
      return { item: found?.isSmall === false ? found.facility.value : null, mean: figures.mean.value };
    };
    const before = await facility();
    await carryOut(await preview(place));
    await countFacts(countedQuizzes, Date.now());
    const after = await facility();
    expect(after.item).to.equal(before.item);
    expect(after.mean).to.be.greaterThan(before.mean ?? 0);
  });
});
