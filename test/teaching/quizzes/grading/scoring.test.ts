import { expect } from 'chai';
import fc from 'fast-check';
import type { CaseChoice } from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { restudy, total, withCase } from '../../../../server/teaching/quizzes/grading/scoring.js';
import { rightNeeded, scoreCase } from '../../../../server/teaching/questions/types/scenario/case-score.js';
import type { GradedSlot } from '../../../../server/teaching/quizzes/grading/scoring.js';
import { sampleCase } from '../../questions/case-samples.js';

function slots(...points: number[]): GradedSlot[] {
  return points.map((each, number) => ({ itemId: `i${number}`, critical: false, points: each }));
}

function critical(itemId: string, points: number): GradedSlot {
  return { itemId, critical: 'never-3', points };
}

const arbitrarySlots = fc.array(
  fc.record({
    itemId: fc.uuid(),
    critical: fc.constantFrom<GradedSlot['critical']>(false, false, 'never-1'),
    points: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 100)),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('total', () => {
  it('counts points and right answers', () => {
    expect(total(slots(100, 50, 0, 100), { pass: 2 })).to.deep.equal({
      points: 250,
      maxPoints: 400,
      right: 2,
      passed: true,
      criticalMissed: [],
    });
  });

  it('passes at the mark and not one point below', () => {
    expect(total(slots(100, 67, 33), { pass: 2 }).passed).to.equal(true);
    expect(total(slots(100, 67, 32), { pass: 2 }).passed).to.equal(false);
  });

  it('fails whoever misses a safety-critical item, whatever the points', () => {
    const missed = total([...slots(100, 100, 100), critical('c1', 99), critical('c2', 100)], { pass: 3 });
    expect(missed).to.include({ passed: false, points: 499 });
    expect(missed.criticalMissed).to.deep.equal(['c1']);
    expect(total([...slots(100, 100), critical('c1', 100)], { pass: 3 }).passed).to.equal(true);
  });

  for (const points of [NaN, Infinity, -1, 101, 0.5, '100' as unknown as number, [80] as unknown as number]) {
    it(`refuses ${JSON.stringify(points)} points`, () => {
      expect(() => total(slots(100, points), { pass: 1 })).to.throw(RangeError);
    });
  }

  for (const pass of [NaN, Infinity, -1, 0, 3, 1.5, '1' as unknown as number]) {
    it(`refuses ${JSON.stringify(pass)} as the pass mark of two`, () => {
      expect(() => total(slots(100, 100), { pass })).to.throw(RangeError);
    });
  }

  it('has no result for an empty form', () => {
    expect(() => total([], { pass: 0 })).to.throw(RangeError);
  });

  it('stays within bounds and is whole', () => {
    fc.assert(
      fc.property(arbitrarySlots, fc.nat(), (graded, mark) => {
        const result = total(graded, { pass: 1 + (mark % graded.length) });
        expect(result.maxPoints).to.equal(graded.length * 100);
        for (const count of [result.points, result.right]) expect(Number.isInteger(count)).to.equal(true);
        expect(result.points).to.be.within(result.right * 100, result.maxPoints);
        expect(result.right).to.be.within(0, graded.length);
      }),
    );
  });

  it('never gets worse when one answer gets better, nor easier when the mark rises', () => {
    fc.assert(
      fc.property(arbitrarySlots, fc.nat(), fc.nat(), fc.nat(), (graded, mark, place, more) => {
        const pass = 1 + (mark % graded.length);
        const better = graded.map((slot, number) =>
          number === place % graded.length
            ? { ...slot, points: slot.points + (more % (101 - slot.points)) }
            : slot,
        );
        const [before, after] = [total(graded, { pass }), total(better, { pass })];
        expect(after.points).to.be.at.least(before.points);
        expect(after.right).to.be.at.least(before.right);
        expect(before.criticalMissed).to.include.members([...after.criticalMissed]);
        if (before.passed) expect(after.passed).to.equal(true);
        if (pass > 1 && before.passed) expect(total(graded, { pass: pass - 1 }).passed).to.equal(true);
      }),
    );
  });

  it('passes a perfect form at any mark and an empty-handed one at none', () => {
    fc.assert(
      fc.property(arbitrarySlots, fc.nat(), (graded, mark) => {
        const pass = 1 + (mark % graded.length);
        const all = (points: number) => graded.map(slot => ({ ...slot, points }));
        expect(total(all(100), { pass }).passed).to.equal(true);
        expect(total(all(0), { pass }).passed).to.equal(false);
      }),
    );
  });
});

describe('restudy', () => {
  const items = [
    { id: 'i0', objective: 'O1', key: ['b'] },
    { id: 'i1', objective: 'O2', key: ['b'] },
    { id: 'i2', objective: 'O1', key: ['b'] },
    { id: 'c1', objective: 'O3', key: ['b'] },
    { id: 'c2', objective: 'O1', key: ['b'] },
  ];

  it('lists each missed objective once, in the order of the form', () => {
    expect(restudy(items, slots(0, 67, 0))).to.deep.equal([
      { objective: 'O1', critical: false },
      { objective: 'O2', critical: false },
    ]);
  });

  it('puts safety-critical misses first', () => {
    const graded = [...slots(100, 0), critical('c1', 0), critical('c2', 100)];
    expect(restudy(items, graded)).to.deep.equal([
      { objective: 'O3', critical: true },
      { objective: 'O2', critical: false },
    ]);
  });

  it('marks an objective as critical when any of its misses is', () => {
    const first = [critical('c2', 0), ...slots(0)];
    expect(restudy(items, first)).to.deep.equal([{ objective: 'O1', critical: true }]);
    expect(restudy(items, first.toReversed())).to.deep.equal([{ objective: 'O1', critical: true }]);
  });

  it('has nothing to say after a perfect form', () => {
    expect(restudy(items, slots(100, 100, 100))).to.deep.equal([]);
  });

  it('refuses a slot of another form', () => {
    expect(() => restudy([], slots(0))).to.throw(RangeError, 'i0');
  });
});

describe('a case', () => {
  const [node] = sampleCase.nodes;
  const [ending] = sampleCase.endings;
  const QUALITIES = ['best', 'acceptable', 'weak', 'unsafe'] as const;
  type Quality = CaseChoice['quality'];

  /** A path with choices of these qualities, to an ending or not. */
  function score(qualities: readonly Quality[], isEnded = true) {
    const steps = qualities.map(quality => {
      const choice = node?.choices.find(each => each.quality === quality);
      if (!node || !choice) throw new Error(`The sample has no choice that is ${quality}`);
      return { node, choice };
    });
    return scoreCase({ steps, ending: (isEnded && ending) || null });
  }
  const qualities = fc.array(fc.constantFrom(...QUALITIES), { minLength: 1, maxLength: 12 });

  it('counts the best and the acceptable choices as right', () => {
    expect(score(['best', 'acceptable', 'weak', 'best'])).to.deep.equal({
      steps: 4,
      right: 3,
      unsafe: [],
      ending: 'passed-on',
      passed: true,
    });
  });

  it('asks for three quarters of its decisions, rounded up', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(rightNeeded)).to.deep.equal([1, 2, 3, 3, 4, 5, 6, 6]);
    expect(score(['best', 'best', 'best', 'weak']).passed).to.equal(true);
    expect(score(['best', 'best', 'weak', 'weak']).passed).to.equal(false);
    expect(score(['best', 'best', 'best', 'best', 'weak']).passed).to.equal(true);
    expect(score(['best', 'best', 'best', 'weak', 'weak']).passed).to.equal(false);
  });

  it('is failed by one unsafe choice, and names its rule', () => {
    const missed = score(['best', 'best', 'best', 'unsafe']);
    expect(missed).to.include({ right: 3, passed: false });
    expect(missed.unsafe).to.deep.equal(['never-2']);
  });

  it('is not passed before its end, nor when it was never begun', () => {
    expect(score(['best', 'best', 'best', 'best'], false)).to.include({
      right: 4,
      passed: false,
      ending: null,
    });
    expect(scoreCase({ steps: [], ending: null })).to.deep.equal({
      steps: 0,
      right: 0,
      unsafe: [],
      ending: null,
      passed: false,
    });
  });

  it('passes exactly when it has ended, enough is right and nothing is unsafe', () => {
    fc.assert(
      fc.property(qualities, fc.boolean(), (path, isEnded) => {
        const result = score(path, isEnded);
        const right = path.filter(quality => quality === 'best' || quality === 'acceptable').length;
        expect(result.right).to.equal(right);
        expect(result.unsafe.length).to.equal(path.filter(quality => quality === 'unsafe').length);
        expect(result.passed).to.equal(isEnded && result.unsafe.length === 0 && right * 4 >= path.length * 3);
      }),
    );
  });

  it('never gets worse when one choice gets better', () => {
    fc.assert(
      fc.property(qualities, fc.nat(), fc.nat(), (path, place, up) => {
        const at = place % path.length;
        const now = QUALITIES.indexOf(path[at] ?? 'best');
        const better = path.map((quality, index) =>
          index === at ? (QUALITIES[up % (now + 1)] ?? quality) : quality,
        );
        expect(score(better).right).to.be.at.least(score(path).right);
        if (score(path).passed) expect(score(better).passed).to.equal(true);
      }),
    );
  });

  describe('with the drawn items', () => {
    const items = fc
      .tuple(arbitrarySlots, fc.nat())
      .map(([graded, mark]) => total(graded, { pass: 1 + (mark % graded.length) }));
    const id = 'EX-S9';

    it('passes only when both do, and leaves their points alone', () => {
      fc.assert(
        fc.property(items, qualities, fc.boolean(), (alone, path, isEnded) => {
          const own = score(path, isEnded);
          const both = withCase(alone, { id, score: own });
          expect(both.passed).to.equal(alone.passed && own.passed);
          const { points, maxPoints, right } = alone;
          expect(both).to.include({ points, maxPoints, right });
          expect(both.criticalMissed.includes(id)).to.equal(own.unsafe.length > 0);
          expect(both.criticalMissed.filter(each => each !== id)).to.deep.equal(alone.criticalMissed);
        }),
      );
    });

    it('changes nothing where there is none', () => {
      fc.assert(fc.property(items, alone => void expect(withCase(alone, null)).to.deep.equal(alone)));
    });
  });
});
