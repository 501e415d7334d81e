import { expect } from 'chai';
import fc from 'fast-check';
import { pick, seededRandom, shuffle } from '../../../../server/teaching/quizzes/drawing/seeded-random.js';

/** The expected numbers were computed by another program (Python's hashlib): they may never change. */
describe('seededRandom', () => {
  function numbers(seed: string, limit: number, count: number): number[] {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => random.below(limit));
  }

  it('gives the same numbers for ever, across blocks', () => {
    expect(numbers('safe passage', 2 ** 32, 10)).to.deep.equal([
      308841561, 2544570535, 693879845, 796215329, 570338032, 3850675062, 1477996435, 2158239511, 839805318,
      1719348718,
    ]);
  });

  it('reads the seed as UTF-8', () => {
    expect(numbers('Zoë', 100, 12)).to.deep.equal([98, 77, 0, 32, 68, 29, 77, 66, 87, 6, 51, 18]);
  });

  it('draws again rather than favour small numbers', () => {
    expect(numbers('reject', 2 ** 31 + 1, 5)).to.deep.equal([
      2001144781, 1461485483, 171032334, 1035862378, 1782647597,
    ]);
  });

  it('gives each number about equally often', () => {
    const counts = new Map<number, number>();
    for (const number of numbers('dice', 6, 6000)) counts.set(number, (counts.get(number) ?? 0) + 1);
    expect([...counts.keys()].sort()).to.deep.equal([0, 1, 2, 3, 4, 5]);
    for (const count of counts.values()) expect(count).to.be.within(880, 1120);
  });

  for (const limit of [0, -1, 1.5, NaN, Infinity, 2 ** 32 + 1]) {
    it(`refuses ${limit} as a limit`, () => {
      expect(() => seededRandom('x').below(limit)).to.throw(RangeError);
    });
  }
});

describe('shuffle', () => {
  it('gives the same order for ever', () => {
    expect(shuffle(seededRandom('shuffle'), ['a', 'b', 'c', 'd', 'e', 'f'])).to.deep.equal([
      'c',
      'd',
      'e',
      'b',
      'a',
      'f',
    ]);
  });

  it('keeps every value and leaves the given list alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, values) => {
        const before = [...values];
        const shuffled = shuffle(seededRandom(seed), values);
        expect(values).to.deep.equal(before);
        expect(shuffled).to.have.members(values);
      }),
    );
  });

  it('gives each order of three about equally often', () => {
    const random = seededRandom('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i += 1) {
      const order = shuffle(random, ['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).to.equal(6);
    for (const count of counts.values()) expect(count).to.be.within(880, 1120);
  });
});

describe('pick', () => {
  it('takes one of the values, each in its turn', () => {
    const random = seededRandom('pick');
    const picked = Array.from({ length: 50 }, () => pick(random, ['a', 'b', 'c']));
    expect([...new Set(picked)].sort()).to.deep.equal(['a', 'b', 'c']);
  });

  it('has nothing to take from an empty list', () => {
    expect(() => pick(seededRandom('pick'), [])).to.throw(RangeError);
  });
});
