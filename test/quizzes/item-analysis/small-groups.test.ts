import { expect } from 'chai';
import fc from 'fast-check';
import { addPerson, isSmall, shownCounts } from '../../../server/quizzes/item-analysis/small-groups.js';

const people = (n: number) => new Set(Array.from({ length: Math.min(n, 5) }, (_, each) => `person ${each}`));
const counted = (...counts: number[]) => counts.map(n => ({ n, people: people(n) }));

describe('small groups', () => {
  it('are those of fewer than five people, and no more is kept of them', () => {
    const group = new Set<string>();
    for (const id of ['a', 'b', 'c', 'd', 'd', 'd']) addPerson(group, id);
    expect(isSmall(group)).to.equal(true);
    for (const id of ['e', 'f', 'g']) addPerson(group, id);
    expect(isSmall(group)).to.equal(false);
    expect(group.size).to.equal(5);
  });

  it('hide one to four, show none, and hide a second count when one alone could be subtracted', () => {
    expect(shownCounts(counted(20, 10, 0))).to.deep.equal([20, 10, 0]);
    expect(shownCounts(counted(20, 10, 3))).to.deep.equal([20, null, null]);
    expect(shownCounts(counted(20, 2, 3))).to.deep.equal([20, null, null]);
    expect(shownCounts(counted(3, 0, 0))).to.deep.equal([null, 0, 0]);
  });

  it('go by people: ten tries of two people are hidden', () => {
    expect(shownCounts([{ n: 10, people: people(2) }, ...counted(20, 30)])).to.deep.equal([null, null, 30]);
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
