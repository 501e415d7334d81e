import { expect } from 'chai';
import { quizStatistics } from '../../../../server/teaching/quizzes/item-analysis/quiz-statistics.js';
import { takenQuizzes, versionIn } from '../../../../server/teaching/quizzes/item-analysis/taken-quizzes.js';
import type { AnalysisScope } from '../../../../server/teaching/quizzes/item-analysis/analysis-scope.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import {
  giveResult,
  keep,
  madeUpAttempt,
  ownPlace,
  sweep,
  type Place,
} from '../../../support/quizzes/made-up-attempts.js';
import { ownWorld } from '../../../support/world.js';

async function statistics(place: Place, changes: Partial<AnalysisScope> = {}) {
  const scope = {
    courseSlug: place.courseSlug,
    quiz: place.quiz.name,
    version: null,
    only: 'first' as const,
  };
  const figures = await quizStatistics({ ...scope, ...changes });
  if (figures.isSmall) throw new Error('Fewer than five people');
  return figures;
}

const several = (count: number, make: (n: number) => ReturnType<typeof madeUpAttempt>) =>
  Array.from({ length: count }, (_, n) => make(n));

describe('statistics of what is stored', () => {
  ownWorld();
  after(sweep);

  it('count first submitted attempts of first cycles, and all others only when asked', async () => {
    const place = await ownPlace();
    const first = several(6, () => madeUpAttempt(place));
    const again = first.slice(0, 3).map(by => madeUpAttempt(place, { by, number: 2 }));
    const renewed = first.slice(0, 2).map(by => madeUpAttempt(place, { by, round: 2 }));
    const open = several(4, () => madeUpAttempt(place, { isOpen: true }));
    await keep([...first, ...again, ...renewed, ...open]);
    expect((await statistics(place)).attempts).to.equal(6);
    expect((await statistics(place, { only: 'all' })).attempts).to.equal(11);
  });

  it('count one course, one quiz, and one version or all of them', async () => {
    const [one, other] = [await ownPlace(), await ownPlace()];
    const second = await ownPlace({ slug: one.courseSlug, number: 2 });
    await keep([
      ...several(6, () => madeUpAttempt(one)),
      ...several(7, () => madeUpAttempt(second)),
      ...several(5, () => madeUpAttempt(other)),
    ]);
    expect((await statistics(one, { version: 1 })).attempts).to.equal(6);
    expect((await statistics(one, { version: 2 })).attempts).to.equal(7);
    expect((await statistics(one)).attempts).to.equal(13);
    expect(
      await quizStatistics({ courseSlug: one.courseSlug, quiz: 'final', version: null, only: 'all' }),
    ).to.deep.equal({ isSmall: true });
    const [newest, named] = [
      await versionIn({ courseSlug: one.courseSlug, version: null, quiz: '', only: 'all' }),
      await versionIn({ courseSlug: one.courseSlug, version: 1, quiz: '', only: 'all' }),
    ];
    expect([newest?.number, named?.number]).to.deep.equal([2, 1]);
    const taken = (await takenQuizzes()).filter(({ courseSlug }) => courseSlug === one.courseSlug);
    expect(taken.map(({ version, quiz, people }) => [version, quiz, people])).to.deep.equal([
      [2, 'foundations', 7],
      [1, 'foundations', 6],
    ]);
  });

  it('keep a changed item apart, and add up an unchanged one', async () => {
    const one = await ownPlace();
    const [changed, kept] = one.quiz.items;
    if (!changed || !kept) throw new Error('The bank is too small');
    const second = await ownPlace({
      slug: one.courseSlug,
      number: 2,
      change: text => text.replace(JSON.stringify(changed.stem), JSON.stringify(`${changed.stem} (mended)`)),
    });
    await keep([
      ...several(6, () => madeUpAttempt(one, { items: [changed, kept], startedAt: 1000 })),
      ...several(5, () => madeUpAttempt(second, { items: [changed, kept], startedAt: 2000 })),
    ]);
    const { items } = await statistics(one);
    const found = items.map(row => [row.version.id, row.isSmall ? null : row.answers]);
    expect(found.filter(([id]) => id === changed.id)).to.deep.equal([
      [changed.id, 6],
      [changed.id, 5],
    ]);
    expect(found.filter(([id]) => id === kept.id)).to.deep.equal([[kept.id, 11]]);
  });

  it('span several batches, with each attempt once and in the order of time', async () => {
    const place = await ownPlace();
    const item = place.quiz.items[0];
    const partner = place.quiz.items[1];
    if (!item || !partner) throw new Error('The bank is too small');
    // Handed in at a few moments only, so that batches end between attempts of the same moment.
    const attempts = several(1203, n =>
      madeUpAttempt(place, {
        items: [item, partner],
        startedAt: 1_000_000 + Math.floor(n / 70),
        answer: each => (n >= 1120 || n % 2 ? rightAnswer(each) : wrongAnswer(each)),
      }),
    );
    await keep(attempts.toReversed());
    const figures = await statistics(place);
    expect(figures.attempts).to.equal(1203);
    const row = figures.items.find(({ version }) => version.id === item.id);
    if (!row || row.isSmall) throw new Error('Everybody met it');
    expect(row.answers).to.equal(1203);
    const right = Array.from({ length: 1203 }, (_, n) => n >= 1120 || n % 2 === 1).filter(Boolean).length;
    expect(row.facility.value).to.be.closeTo(right / 1203, 1e-12);
    expect(row.jump.value).to.be.greaterThan(5);
    expect(row.median.value).to.equal(40);
    const [all] = row.choices.filter(({ isRight }) => isRight);
    if (all) expect(all.all).to.deep.equal({ count: right, of: 1203 });
  });

  it('count the last answer to a question, and time the first', async () => {
    const place = await ownPlace();
    const item = place.quiz.items.find(({ type }) => type === 'single');
    if (!item) throw new Error('No single choice');
    const attempts = several(6, () =>
      madeUpAttempt(place, { items: [item, item], answer: wrongAnswer, startedAt: 1000 }),
    );
    await keep(
      attempts.map(each => ({
        ...each,
        own: [
          ...each.own,
          [
            `insert into attempt_answers (attempt_id, organisation_id, slot, sequence, response, answered_at)
             values ($1, $2, 1, 2, $3, $4)`,
            [each.attempt, place.organisation, JSON.stringify(rightAnswer(item)), 1000 + 95_000],
          ],
        ],
      })),
    );
    const [row] = (await statistics(place)).items;
    if (!row || row.isSmall) throw new Error('Six people met it');
    const right = row.choices.find(({ isRight }) => isRight);
    expect(right?.all).to.deep.equal({ count: 6, of: 12 });
    expect([row.timed, row.median.value]).to.deep.equal([12, 40]);
  });

  it('leave out what cannot be read, and count it', async () => {
    const place = await ownPlace();
    const attempts = several(7, () => madeUpAttempt(place));
    await keep(attempts);
    await giveResult(attempts[0]?.attempt ?? '', '{}');
    const figures = await statistics(place);
    expect([figures.attempts, figures.unreadable]).to.deep.equal([6, 1]);
  });
});
