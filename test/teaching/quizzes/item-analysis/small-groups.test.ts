import { expect } from 'chai';
import fc from 'fast-check';
import {
  addTally,
  isSmall,
  mergedTallies,
  nobody,
  peopleCounted,
  shownCounts,
} from '../../../../server/teaching/quizzes/item-analysis/small-groups.js';

const counted = (...counts: number[]) => counts.map(n => ({ n, again: 0 }));

describe('small groups', () => {
  it('are those of fewer than five people, however often each of them was counted', () => {
    const group = nobody();
    for (const isNew of [true, true, true, true, false, false]) addTally(group, isNew);
    expect([group.n, peopleCounted(group), isSmall(group)]).to.deep.equal([6, 4, true]);
    addTally(group, true);
    expect(isSmall(group)).to.equal(false);
  });

  it('stay small together, where the same people may be in each', () => {
    expect(mergedTallies(counted(4, 3))).to.deep.equal({ n: 7, again: 3 });
    expect(isSmall(mergedTallies(counted(4, 4, 4)))).to.equal(true);
    expect(mergedTallies([])).to.deep.equal(nobody());
  });

  it('hide one to four, show none, and hide a second count when one alone could be subtracted', () => {
    expect(shownCounts(counted(20, 10, 0))).to.deep.equal([20, 10, 0]);
    expect(shownCounts(counted(20, 10, 3))).to.deep.equal([20, null, null]);
    expect(shownCounts(counted(20, 2, 3))).to.deep.equal([20, null, null]);
    expect(shownCounts(counted(3, 0, 0))).to.deep.equal([null, 0, 0]);
  });

  it('go by people: ten tries of two people are hidden', () => {
    expect(shownCounts([{ n: 10, again: 8 }, ...counted(20, 30)])).to.deep.equal([null, null, 30]);
  });

  it('never leave a small count to be found by subtraction, nor two that share it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 6 }), counts => {
        const shown = shownCounts(counted(...counts));
        const hidden = shown.filter(count => count === null).length;
        const others = counts.filter(count => count > 0).length;
        for (const count of shown) if (count !== null) expect(count === 0 || count >= 5).to.equal(true);
        if (hidden > 0 && others > 1) expect(hidden).to.be.at.least(2);
      }),
    );
  });
});
