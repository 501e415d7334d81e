import { expect } from 'chai';
import { measuredAnswers, measurementsOf } from '../../../server/teaching/follow-up/measurements.js';
import {
  answerMeasurement,
  beginBaseline,
  beginPost,
  decline,
} from '../../../server/teaching/follow-up/take.js';
import { finishLesson } from '../../../server/teaching/learning/progress.js';
import { person } from '../../support/people.js';
import { count } from '../../support/rows.js';
import { enrolled, freshCycle, takeQuiz } from '../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../support/answers.js';
import { answerForm, complete, fresh, itemsOf, measurement, withBaseline, withPost } from './cycles.js';
import { ownWorld } from '../../support/world.js';

const newCycle = async () => enrolled(await person());
const now = Date.now();

describe('a baseline', () => {
  ownWorld();
  it('is drawn once with its post-test, whatever the number of clicks', async () => {
    const cycle = await newCycle();
    const begun = await Promise.all(Array.from({ length: 8 }, () => beginBaseline(cycle, now)));
    expect(new Set(begun.map(each => each?.id)).size).to.equal(1);
    const [baseline, post] = [await measurement(cycle, 'baseline'), await measurement(cycle, 'post')];
    expect(baseline).to.include({ startedAt: now, finishedAt: null });
    expect(post).to.include({ startedAt: null, finishedAt: null });
    const ids = [...baseline.form, ...post.form].map(({ itemId }) => itemId);
    expect(new Set(ids).size).to.equal(2 * baseline.form.length);
  });

  it('keeps the first answer to each question, graded, and is finished by the last', async () => {
    const cycle = await newCycle();
    const baseline = await beginBaseline(cycle, now);
    if (!baseline) throw new Error('None begun');
    const [first] = await itemsOf(baseline);
    if (!first) throw new Error('An empty form');
    expect(await answerMeasurement(baseline, { slot: 1, response: wrongAnswer(first) }, now)).to.equal(true);
    await answerMeasurement(baseline, { slot: 1, response: rightAnswer(first) }, now);
    expect((await measuredAnswers(baseline.id)).map(({ slot, points }) => [slot, points])).to.deep.equal([
      [1, 0],
    ]);
    expect(await fresh(baseline)).to.include({ finishedAt: null });

    await answerForm(baseline, item => rightAnswer(item), now + 5);
    expect(await fresh(baseline)).to.include({ finishedAt: now + 5 });
    const points = (await measuredAnswers(baseline.id)).map(each => each.points);
    expect(points).to.deep.equal([0, ...baseline.form.slice(1).map(() => 100)]);
    expect(
      await count(`events where name = 'measurement.finished' and payload like $1`, [`%${baseline.id}%`]),
    ).to.equal(1);
    expect(await answerMeasurement(baseline, { slot: 2, response: {} }, now)).to.equal(false);
  });

  it('counts "I do not know yet" as an answer without points', async () => {
    const baseline = await withBaseline(await newCycle(), () => ({}));
    expect((await fresh(baseline)).finishedAt).not.to.equal(null);
    expect((await measuredAnswers(baseline.id)).every(({ points }) => points === 0)).to.equal(true);
  });

  it('is finished once when two last answers arrive at once', async () => {
    const cycle = await newCycle();
    const baseline = await beginBaseline(cycle, now);
    if (!baseline) throw new Error('None begun');
    await Promise.all(
      baseline.form.map((_, at) => answerMeasurement(baseline, { slot: at + 1, response: {} }, now)),
    );
    expect((await fresh(baseline)).finishedAt).to.equal(now);
    expect(
      await count(`events where name = 'measurement.finished' and payload like $1`, [`%${baseline.id}%`]),
    ).to.equal(1);
  });

  it('cannot begin or be answered once the course has begun', async () => {
    const [late, open] = [await newCycle(), await newCycle()];
    const baseline = await beginBaseline(open, now);
    for (const cycle of [late, open])
      await finishLesson(cycle, { module: 'foundations', lesson: '00-essentials' }, now);
    expect(await beginBaseline(late, now)).to.equal(null);
    expect(await measurementsOf(late.id)).to.deep.equal([]);
    if (!baseline) throw new Error('None begun');
    expect(await answerMeasurement(baseline, { slot: 1, response: {} }, now)).to.equal(false);
    expect(await measuredAnswers(baseline.id)).to.deep.equal([]);
  });

  it('cannot begin once declined, and can be declined once begun', async () => {
    const [never, begun] = [await newCycle(), await newCycle()];
    await decline(never, 'baseline', now);
    await decline(never, 'baseline', now + 9);
    expect(await beginBaseline(never, now)).to.equal(null);
    expect(await measurement(never, 'baseline')).to.include({ skippedAt: now });
    const baseline = await beginBaseline(begun, now);
    await decline(begun, 'baseline', now);
    if (!baseline) throw new Error('None begun');
    expect(await answerMeasurement(baseline, { slot: 1, response: {} }, now)).to.equal(false);
  });

  it('writes no attempt, pass or progress', async () => {
    const cycle = await newCycle();
    await withBaseline(cycle);
    for (const table of ['attempts', 'quiz_passes', 'lesson_readings'])
      expect(await count(`${table} where cycle_id = $1`, [cycle.id]), table).to.equal(0);
    const { passed } = await takeQuiz(cycle, 'foundations', wrongAnswer);
    expect(passed).to.equal(false);
  });
});

describe('a post-test', () => {
  ownWorld();
  it('can begin only after a complete course with a finished baseline', async () => {
    const [early, without, half] = [await newCycle(), await newCycle(), await newCycle()];
    await withBaseline(early);
    expect(await beginPost(early, now)).to.equal(null);
    await beginBaseline(half, now);
    for (const cycle of [without, half]) expect(await beginPost(await complete(cycle), now)).to.equal(null);
  });

  it('asks about the same objectives as the baseline, with other items', async () => {
    const cycle = await newCycle();
    const baseline = await withBaseline(cycle, wrongAnswer);
    await complete(cycle);
    const post = await withPost(cycle);
    const [a, b] = [await itemsOf(baseline), await itemsOf(post)];
    expect(b.map(({ objective }) => objective)).to.deep.equal(a.map(({ objective }) => objective));
    expect(b.map(({ id }) => id)).not.to.include.members(a.map(({ id }) => id));
    expect((await freshCycle(cycle)).completedAt).not.to.equal(null);
  });
});
