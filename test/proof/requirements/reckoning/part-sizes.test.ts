import { expect } from 'chai';
import fc from 'fast-check';
import { FIRST_SIZE, nextSize, partOf } from '../../../../server/proof/requirements/reckoning/part-sizes.js';

/** An assignment of which so many rows are written. */
const assignment = (rows: number) => ({
  retired: Array(rows >> 1).fill(0),
  added: Array(rows - (rows >> 1)).fill(0),
});
const sizeOf = (part: readonly ReturnType<typeof assignment>[]) =>
  part.reduce((sum, { retired, added }) => sum + retired.length + added.length, 0);

describe('what is written together', () => {
  it('is everything, in order, and never more rows than wanted unless one assignment has them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 })), fc.integer({ min: 1, max: 100 }), (numbers, size) => {
        const all = numbers.map(assignment);
        const parts = [];
        for (let done = 0; done < all.length; done += parts.at(-1)?.length ?? 0)
          parts.push(partOf(all, done, size));
        expect(parts.flat()).to.deep.equal(all);
        for (const part of parts) expect(part.length === 1 || sizeOf(part) <= size).to.equal(true);
      }),
    );
  });

  it('becomes less where it takes long, and more where it does not, within limits', () => {
    expect(nextSize(100, 40)).to.be.below(100);
    expect(nextSize(100, 5)).to.be.above(100);
    expect(nextSize(FIRST_SIZE, 100_000)).to.equal(nextSize(nextSize(FIRST_SIZE, 100_000), 100_000));
    expect(nextSize(FIRST_SIZE, 0)).to.be.at.most(200);
  });
});
