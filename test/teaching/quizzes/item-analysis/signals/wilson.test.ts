import { expect } from 'chai';
import fc from 'fast-check';
import { wilson } from '../../../../../server/teaching/quizzes/item-analysis/signals/wilson.js';

describe('the interval of a share', () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  for (const [count, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)
    it(`is that of Newcombe for ${count} of ${of}`, () => {
      const found = wilson(count, of);
      expect(found.low).to.be.closeTo(low, 0.00005);
      expect(found.high).to.be.closeTo(high, 0.00005);
    });

  it('holds the share, stays between 0 and 1, and is as wide from either side', () => {
    const share = fc
      .integer({ min: 1, max: 500 })
      .chain(of => fc.record({ of: fc.constant(of), count: fc.integer({ min: 0, max: of }) }));
    fc.assert(
      fc.property(share, ({ count, of }) => {
        const { low, share, high } = wilson(count, of);
        expect(0 <= low && low <= share && share <= high && high <= 1).to.equal(true);
        const other = wilson(of - count, of);
        expect(other.low).to.be.closeTo(1 - high, 1e-9);
        expect(other.high).to.be.closeTo(1 - low, 1e-9);
      }),
    );
  });

  it('is not there for what is no share', () => {
    for (const [count, of] of [
      [0, 0],
      [2, 1],
      [-1, 5],
      [0.5, 2],
      [NaN, 5],
    ] as const)
      expect(() => wilson(count, of)).to.throw(RangeError);
  });
});
