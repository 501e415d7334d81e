import { expect } from 'chai';
import fc from 'fast-check';
import {
  decayOf,
  gainOf,
  isApart,
  shownParts,
} from '../../../../server/teaching/follow-up/gains/learning-gain.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the normalised gain', () => {
  it('is what was gained of all that could be gained', () => {
    // Hake 1998: 45% before and 85% after is 40 of 55 points.
    expect(gainOf({ people: 20, before: 0.45, after: 0.85 })?.gain).to.be.closeTo(40 / 55, 1e-12);
    expect(gainOf({ people: 20, before: 0.2, after: 1 })?.gain).to.equal(1);
    expect(gainOf({ people: 20, before: 0.3, after: 0.3 })?.gain).to.equal(0);
  });

  it('is, for a loss, what was lost of all that could be lost', () => {
    expect(gainOf({ people: 20, before: 0.8, after: 0.6 })?.gain).to.be.closeTo(-0.25, 1e-12);
    expect(gainOf({ people: 20, before: 0.95, after: 0 })?.gain).to.equal(-1);
  });

  it('is not defined where nothing could be gained', () => {
    expect(gainOf({ people: 20, before: 1, after: 1 })?.gain).to.equal(null);
  });

  it('lies between -1 and 1, and has the sign of the change', () => {
    fc.assert(
      fc.property(share, share, (before, after) => {
        const gain = gainOf({ people: 5, before, after })?.gain ?? 0;
        expect(gain).to.be.within(-1, 1);
        expect(gain * (after - before)).to.be.at.least(0);
      }),
    );
  });

  it('is hidden for fewer than five people', () => {
    expect(gainOf({ people: 4, before: 0.2, after: 0.8 })).to.equal(null);
    expect(gainOf({ people: 5, before: 0.2, after: 0.8 })).to.include({ people: 5 });
  });
});

describe('decay', () => {
  it('is the share lost since the post-test, negative when more is known', () => {
    expect(decayOf({ people: 9, after: 0.8, later: 0.5 })?.lost).to.be.closeTo(0.3, 1e-12);
    expect(decayOf({ people: 9, after: 0.5, later: 0.75 })?.lost).to.equal(-0.25);
  });

  it('is hidden for fewer than five people', () => {
    expect(decayOf({ people: 4, after: 0.8, later: 0.5 })).to.equal(null);
  });
});

describe('parts of a whole', () => {
  it('are all shown when none is small', () => {
    expect(shownParts([5, 20, 0])).to.deep.equal([true, true, true]);
  });

  it('are hidden when small, and the smallest large one with them', () => {
    expect(shownParts([20, 3, 8])).to.deep.equal([true, false, false]);
    expect(shownParts([2, 3])).to.deep.equal([false, false]);
  });

  it('never leave a hidden group that could be worked out from the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 8 }), people => {
        const shown = shownParts(people);
        const hidden = people.filter((count, at) => !shown[at] && count > 0);
        for (const [at, count] of people.entries())
          if (count > 0 && count < 5) expect(shown[at]).to.equal(false);
        if (hidden.length > 0 && people.some(count => count >= 5))
          expect(Math.max(...hidden)).to.be.at.least(5);
      }),
    );
  });
});

describe('a group beside another', () => {
  it('is shown when nobody, or at least five people, are in one and not in the other', () => {
    expect(isApart(8, [])).to.equal(true);
    expect(isApart(8, [8, 13, 3])).to.equal(true);
    expect(isApart(8, [8, 9])).to.equal(false);
    expect(isApart(8, [4])).to.equal(false);
  });
});
