import { expect } from 'chai';
import fc from 'fast-check';
import {
  canFill,
  conflictIn,
  nextItems,
  type FormRequirements,
} from '../../../server/courses/content/filling.js';

/** An item is the letters of the minimums that it fits; an x is a repeat. */
type Letters = string;

interface Case {
  readonly pool: readonly Letters[];
  readonly draw: number;
  readonly counts: Record<string, number>;
  readonly most: number;
}

const wishOf = ({ draw, counts, most }: Case): FormRequirements<Letters> => ({
  draw,
  minimums: Object.entries(counts).map(([letter, count]) => ({
    name: letter,
    count,
    fits: item => item.includes(letter),
  })),
  repeats: { most, isRepeat: item => item.includes('x') },
});

/** Does this choice of items keep everything? The words of the promise, and nothing clever. */
const keeps = (form: readonly Letters[], { draw, counts, most }: Case): boolean =>
  form.length === draw &&
  form.filter(item => item.includes('x')).length <= most &&
  Object.entries(counts).every(
    ([letter, count]) => form.filter(item => item.includes(letter)).length >= count,
  );

const subsets = <T>(of: readonly T[]): T[][] =>
  of.reduce<T[][]>((all, each) => [...all, ...all.map(some => [...some, each])], [[]]);

const isPossible = (each: Case): boolean => subsets(each.pool).some(form => keeps(form, each));

const cases: fc.Arbitrary<Case> = fc.record({
  pool: fc.array(
    fc.subarray(['a', 'b', 'c', 'd', 'x']).map(letters => letters.join('')),
    { maxLength: 9 },
  ),
  draw: fc.integer({ min: 0, max: 6 }),
  counts: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 4 })),
  most: fc.integer({ min: 0, max: 6 }),
});

describe('filling a form', () => {
  it('is possible exactly when some choice of items keeps every minimum', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(cases, each => {
        const answer = isPossible(each);
        seen.add(answer);
        expect(canFill(each.pool, wishOf(each))).to.equal(answer);
      }),
      { numRuns: 2000 },
    );
    expect(seen.size).to.equal(2);
  });

  it('continues with exactly those items that fit the first open minimum and are part of such a choice', () => {
    fc.assert(
      fc.property(cases, each => {
        const forms = each.draw === 0 ? [] : subsets(each.pool).filter(form => keeps(form, each));
        const [first = ''] = Object.keys(each.counts).filter(letter => (each.counts[letter] ?? 0) > 0);
        const expected = each.pool.filter(
          item => item.includes(first) && forms.some(form => form.includes(item)),
        );
        expect(nextItems(each.pool, wishOf(each))).to.deep.equal(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('names a smallest set of minimums that contradict one another', () => {
    let found = 0;
    fc.assert(
      fc.property(cases, each => {
        const wish = { ...wishOf(each), repeats: undefined } as unknown as FormRequirements<Letters>;
        const all = { ...each, most: each.draw };
        fc.pre(each.pool.length >= each.draw);
        const conflict = conflictIn(each.pool, wish).map(({ name }) => name);
        expect(conflict.length === 0).to.equal(isPossible(all));
        if (conflict.length === 0) return;
        found += 1;
        const only = (names: string[]) => ({
          ...all,
          counts: Object.fromEntries(names.map(name => [name, each.counts[name] ?? 0])),
        });
        expect(isPossible(only(conflict))).to.equal(false);
        for (const name of conflict)
          expect(isPossible(only(conflict.filter(other => other !== name)))).to.equal(true);
      }),
      { numRuns: 1000 },
    );
    expect(found).to.be.greaterThan(20);
  });

  // Weighing each way anew would go through more of them than a test can wait for: it would not end.
  it('ends for a large bank with many minimums', () => {
    // Each of twelve is to be there, one only in a place that two others want too: nothing works out.
    const names = [...'abcdefghijkl'];
    const pool = Array.from(
      { length: 120 },
      (_, n) => `${names[n % 12]}${n % 3 ? 'y' : ''}${n % 5 ? 'z' : ''}${n % 2 ? 'x' : ''}`,
    );
    const counts = { ...Object.fromEntries(names.map(name => [name, 2])), y: 20, z: 25 };
    expect(canFill(pool, wishOf({ pool, draw: 30, counts, most: 3 }))).to.equal(false);
    expect(canFill(pool, wishOf({ pool, draw: 30, counts, most: 30 }))).to.equal(true);
  });
});
