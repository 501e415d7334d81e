import { CONFIDENCES, type Confidence, type Kept } from '../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  calibration,
  readConfidence,
  sureObjectives,
} from '../../../../server/teaching/quizzes/grading/confidence.js';
import { sureFirst } from '../../../../server/teaching/quizzes/results/sure-first.js';
import { gradeForm, newForm, itemIn, quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { restudy } from '../../../../server/teaching/quizzes/grading/scoring.js';
import { course } from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { ownWorld } from '../../../support/world.js';

const said = fc.constantFrom<Confidence | null | undefined>(...CONFIDENCES, null, undefined);

const answer = (slot: number, confidence: Confidence | null = null): Kept => ({
  slot,
  sequence: 1,
  response: { choice: 'a' },
  confidence,
});

describe('how sure somebody is', () => {
  ownWorld();
  it('is read from its field, where something is said there', () => {
    for (const confidence of CONFIDENCES)
      expect(readConfidence({ confidence })).to.deep.equal({ ok: true, confidence });
    for (const form of [{}, { confidence: '' }, null, { choice: 'a' }])
      expect(readConfidence(form)).to.deep.equal({ ok: true, confidence: null });
    for (const confidence of ['SURE', 'yes', ['sure', 'guess'], { sure: 1 }, 1, '__proto__'])
      expect(readConfidence({ confidence })).to.deep.equal({ ok: false });
  });

  it('never changes the grade of a form', async () => {
    const { snapshot } = await course('volunteers');
    for (const name of ['see-respond-report', 'final']) {
      const quiz = quizOf(snapshot, name);
      if (!quiz) throw new Error('The course has no such quiz');
      fc.assert(
        fc.property(fc.string(), fc.infiniteStream(fc.tuple(fc.boolean(), said)), (seed, told) => {
          const form = newForm(quiz, [], seed);
          const kept = form.map((drawn, index): Kept & { confidence?: Confidence | null } => {
            const [right, confidence] = told.next().value as [boolean, Confidence | null | undefined];
            const { item } = itemIn(quiz, drawn);
            const response = right ? rightAnswer(item) : wrongAnswer(item);
            return {
              slot: index + 1,
              sequence: 1,
              response,
              ...(confidence === undefined ? {} : { confidence }),
            };
          });
          const silent = kept.map(({ confidence: _, ...rest }) => rest);
          expect(gradeForm(quiz, form, kept)).to.deep.equal(gradeForm(quiz, form, silent));
        }),
        { numRuns: 30 },
      );
    }
  });
});

describe('answers somebody was sure of', () => {
  ownWorld();
  const graded = [100, 0, 100, 50, 100].map(points => ({ itemId: 'x', critical: false as const, points }));
  const sure = (...slots: number[]) => slots.map(slot => answer(slot, 'sure'));

  it('are counted with those among them that were wholly right', () => {
    expect(calibration(graded, [...sure(1, 2, 4), answer(3, 'guess')], { passed: true })).to.deep.equal({
      sure: 3,
      right: 1,
    });
    expect(calibration(graded, [answer(1, 'fairly'), answer(2)], { passed: true })).to.equal(null);
  });

  it('are not counted on a fail where there are fewer than five: the count would tell of single ones', () => {
    expect(calibration(graded, sure(1, 2, 3, 4), { passed: false })).to.equal(null);
    expect(calibration(graded, sure(1, 2, 3, 4, 5), { passed: false })).to.deep.equal({ sure: 5, right: 3 });
    expect(calibration(graded, sure(1), { passed: true })).to.deep.equal({ sure: 1, right: 1 });
  });
});

describe('objectives to be read first', () => {
  ownWorld();
  const items = ['A', 'A', 'B', 'B', 'C'].map((objective, at) => ({ id: String(at + 1), objective }));
  const form = items.map(({ id }) => ({ itemId: id, optionOrder: [] }));
  const missed = ['A', 'B', 'C'].map(objective => ({ objective, critical: false }));
  const first = (kept: readonly Kept[]) =>
    sureObjectives(missed, items, { form, kept }).map(({ objective }) => objective);

  it('are those missed on which every answer was sure', () => {
    expect(first([1, 2, 5].map(slot => answer(slot, 'sure')))).to.deep.equal(['A', 'C']);
    expect(first([answer(1, 'sure'), answer(2, 'fairly')])).to.deep.equal([]);
    expect(first([])).to.deep.equal([]);
  });

  it('tell nothing that the list of what was missed does not tell: which answer was wrong changes nothing', () => {
    const points = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
    const objectivesMissed = (right: readonly boolean[]) =>
      restudy(
        items,
        right.map((each, at) => ({ itemId: String(at + 1), critical: false, points: each ? 100 : 0 })),
      );
    fc.assert(
      fc.property(points, points, fc.array(said, { minLength: 5, maxLength: 5 }), (one, two, told) => {
        const kept = told.map((confidence, at) => answer(at + 1, confidence ?? null));
        const [a, b] = [objectivesMissed(one), objectivesMissed(two)];
        fc.pre(JSON.stringify(a) === JSON.stringify(b));
        expect(sureObjectives(a, items, { form, kept })).to.deep.equal(
          sureObjectives(b, items, { form, kept }),
        );
      }),
    );
  });

  it('bring their lessons to the top, in the order they had', () => {
    const rows = ['a', 'b', 'c', 'd'].map(lessonHref => ({ lessonHref }));
    const sorted = sureFirst(rows, ['d', 'b']);
    expect(sorted.map(({ lessonHref, sure }) => `${lessonHref}${sure ? '!' : ''}`)).to.deep.equal([
      'b!',
      'd!',
      'a',
      'c',
    ]);
  });
});
