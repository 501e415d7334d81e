import { expect } from 'chai';
import { boundsOf, settled } from '../../../server/teaching/content/bounds.js';

const KEYS = ['carry-on', 'note', 'tell', 'urgent'] as const;

type Range = readonly [number, number];

/** The numbers of decisions of each kind, way by way. */
function waysOf(count: number, ranges: Partial<Record<(typeof KEYS)[number], Range>>): string[] {
  const bounds = boundsOf({ minCritical: 0, decisions: { count, ...ranges } });
  return (settled(bounds, 100) ?? []).map(way =>
    way.flatMap(each => (each.partOf === undefined ? [] : each.count)).join(' '),
  );
}

/** All numbers within these ranges, in the order of the first range. */
const allIn = (ranges: readonly Range[]): number[][] =>
  ranges.reduce<number[][]>(
    (ways, [least, most]) =>
      ways.flatMap(way => Array.from({ length: most - least + 1 }, (_, n) => [...way, least + n])),
    [[]],
  );

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('the ways to settle ranges of decisions', () => {
  it('are those that make up the count, in the order of the ranges, where every kind has one', () => {
    const ranges: Range[] = [
      [0, 4],
      [1, 3],
      [0, 6],
      [0, 2],
    ];
    const found = waysOf(6, Object.fromEntries(KEYS.map((key, n) => [key, ranges[n] as Range])));
    const expected = allIn(ranges).filter(way => sum(way) === 6);
    expect(found).to.deep.equal(expected.map(way => way.join(' ')));
    expect(found.length).to.be.greaterThan(10);
  });

  it('are those that leave no more than the count, where a kind has no range', () => {
    const ranges: Range[] = [
      [0, 4],
      [1, 3],
      [0, 2],
    ];
    const found = waysOf(5, { 'carry-on': [0, 4], note: [1, 3], urgent: [0, 2] });
    const expected = allIn(ranges).filter(way => sum(way) <= 5);
    expect(found).to.deep.equal(expected.map(way => way.join(' ')));
  });

  it('are not listed where there are more than asked for', () => {
    const bounds = boundsOf({ minCritical: 0, decisions: { count: 6, 'carry-on': [0, 6], tell: [0, 6] } });
    expect(settled(bounds, 28)).to.have.length(28);
    expect(settled(bounds, 27)).to.equal(null);
  });
});
