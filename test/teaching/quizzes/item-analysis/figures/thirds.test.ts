import { expect } from 'chai';
import fc from 'fast-check';
import { unknownItem } from '../../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import {
  addItemAnswer,
  noItemSums,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/item-sums.js';
import { everybody, thirdsOf } from '../../../../../server/teaching/quizzes/item-analysis/figures/thirds.js';

/** People with these points on the rest of the form; the item is right for every second one. */
function grouped(rests: readonly number[]) {
  const sums = noItemSums({
    ...unknownItem('A'),
    choices: [{ id: 'a', part: 'option', text: 'Yes', isRight: true }],
  });
  rests.forEach((rest, n) => {
    const isRight = n % 2 === 0;
    addItemAnswer(sums, {
      at: `${n}`,
      isNew: true,
      points: isRight ? 100 : 0,
      rest,
      chosen: isRight ? ['a'] : null,
      time: null,
    });
  });
  return sums.byRest;
}

describe('thirds by the rest of the form', () => {
  it('split people with different results evenly', () => {
    const thirds = thirdsOf(grouped([0, 1, 2, 3, 4, 5, 6, 7, 8]));
    expect([thirds?.lower.n, thirds?.middle.n, thirds?.upper.n]).to.deep.equal([3, 3, 3]);
    expect(thirds?.lower.points).to.equal(200);
    expect(thirds?.upper.points).to.equal(200);
  });

  it('do not tear people with the same result apart', () => {
    const thirds = thirdsOf(grouped([0, 0, 0, 0, 100, 100, 200, 200, 200]));
    expect([thirds?.lower.n, thirds?.middle.n, thirds?.upper.n]).to.deep.equal([4, 2, 3]);
  });

  it('put people with one result between the others when they hold both boundaries', () => {
    const sizes = (rests: readonly number[]) => {
      const thirds = thirdsOf(grouped(rests));
      return thirds && [thirds.lower.n, thirds.middle.n, thirds.upper.n];
    };
    expect(sizes([0, 100, 100, 100, 100, 100, 200])).to.deep.equal([1, 5, 1]);
    expect(sizes([0, 100, 200, 200, 200, 200, 200, 200, 200])).to.deep.equal([2, 0, 7]);
    expect(sizes([0, 0, 0, 0, 0, 0, 0, 100, 200])).to.deep.equal([7, 0, 2]);
    expect(sizes([0, 100])).to.deep.equal([1, 0, 1]);
  });

  it('are not there when all have the same result', () => {
    expect(thirdsOf(grouped([100, 100, 100]))).to.equal(null);
    expect(thirdsOf(grouped([]))).to.equal(null);
  });

  it('hold everybody once, the lower below the upper, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 60 }), rests => {
        const byRest = grouped(rests);
        const thirds = thirdsOf(byRest);
        expect(everybody(byRest).n).to.equal(rests.length);
        expect(thirds === null).to.equal(new Set(rests).size < 2);
        if (!thirds) return;
        const { lower, middle, upper } = thirds;
        expect(lower.n + middle.n + upper.n).to.equal(rests.length);
        expect(Math.min(lower.n, upper.n)).to.be.greaterThan(0);
        const inOrder = rests.toSorted((a, b) => a - b);
        expect(inOrder[lower.n - 1]).to.be.lessThan(inOrder[rests.length - upper.n] ?? -1);
        const largest = Math.max(...[...byRest.values()].map(({ n }) => n));
        if (largest * 3 < rests.length) expect(Math.min(lower.n, upper.n) * 3).to.be.at.least(rests.length);
        const chosen = [lower, middle, upper].map(({ choices }) => choices.get('a')?.n ?? 0);
        expect(chosen.reduce((a, b) => a + b, 0)).to.equal(everybody(byRest).choices.get('a')?.n ?? 0);
      }),
    );
  });
});
