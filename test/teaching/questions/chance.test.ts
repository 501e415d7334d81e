import { expect } from 'chai';
import { allWrong, choose, factorial } from '../../../server/teaching/questions/chance.js';

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, n) => n);

describe('counting ways', () => {
  it('chooses k of n: the rows of Pascal’s triangle', () => {
    expect(upTo(5).map(k => choose(5, k))).to.deep.equal([1, 5, 10, 10, 5, 1]);
    expect(upTo(4).map(k => choose(4, k))).to.deep.equal([1, 4, 6, 4, 1]);
    expect([choose(2, 3), choose(0, 0)]).to.deep.equal([0, 1]);
  });

  it('orders n things', () => {
    expect(upTo(7).map(factorial)).to.deep.equal([1, 1, 2, 6, 24, 120, 720, 5040]);
  });

  it('has every line wrong: OEIS A000255', () => {
    expect(upTo(6).map(allWrong)).to.deep.equal([1, 1, 3, 11, 53, 309, 2119]);
  });
});
