import { expect } from 'chai';
import fc from 'fast-check';
import {
  canFill,
  conflictIn,
  fullEffort,
  growingForm,
  someForm,
  type FormRequirements,
} from '../../../server/teaching/content/filling.js';

/** `letters`: the bounds that an item fits. */
interface Item {
  readonly letters: string;
  readonly pair?: string | undefined;
}

type Range = { readonly count: number; readonly most?: number | undefined };

interface Case {
  readonly pool: readonly Item[];
  readonly draw: number;
  readonly ranges: Record<string, Range>;
}

const wishOf = ({ draw, ranges }: Case): FormRequirements<Item> => ({
  draw,
  bounds: Object.entries(ranges).map(([letter, { count, most }]) => ({
    name: letter,
    count,
    ...(most === undefined ? {} : { most }),
    fits: ({ letters }) => letters.includes(letter),
  })),
  pairOf: ({ pair }) => pair,
});

/** Does this choice of items keep everything? The words of the promise, and nothing clever. */
function keeps(form: readonly Item[], { draw, ranges }: Case): boolean {
  const pairs = form.flatMap(({ pair }) => pair ?? []);
  return (
    form.length === draw &&
    new Set(pairs).size === pairs.length &&
    Object.entries(ranges).every(([letter, { count, most = Infinity }]) => {
      const fitting = form.filter(({ letters }) => letters.includes(letter)).length;
      return count <= fitting && fitting <= most;
    })
  );
}

const areTwins = (a: Item, b: Item): boolean => a.pair !== undefined && a.pair === b.pair;

const subsets = <T>(of: readonly T[]): T[][] =>
  of.reduce<T[][]>((all, each) => [...all, ...all.map(some => [...some, each])], [[]]);

const formsOf = (each: Case): Item[][] => subsets(each.pool).filter(form => keeps(form, each));

/** Of twelve items in a row the first two may be a pair, the next two another, and so on. */
const cases: fc.Arbitrary<Case> = fc.record({
  pool: fc.array(
    fc.record({
      letters: fc.subarray(['a', 'b', 'c', 'd']).map(letters => letters.join('')),
      pair: fc.constantFrom(undefined, undefined, 'P-01', 'P-02', 'P-03'),
    }),
    { maxLength: 9 },
  ),
  draw: fc.integer({ min: 0, max: 6 }),
  ranges: fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc
      .record({
        count: fc.integer({ min: 0, max: 4 }),
        more: fc.constantFrom(undefined, undefined, 0, 0, 1, 2),
      })
      .map(({ count, more }) => ({ count, most: more === undefined ? undefined : count + more })),
  ),
});

/** The effort ends in the search for one item, which then stands in the form that was found for another. */
const givenUpOnTooEarly: Case = {
  pool: [
    { letters: 'd' },
    { letters: 'a' },
    { letters: 'ac', pair: 'P-01' },
    { letters: '', pair: 'P-02' },
    { letters: '' },
    { letters: 'c', pair: 'P-02' },
    { letters: 'a', pair: 'P-01' },
  ],
  draw: 3,
  ranges: { d: { count: 0 }, c: { count: 0, most: 1 }, a: { count: 1 } },
};

describe('filling a form', () => {
  it('is possible exactly when some choice of items keeps every bound and no pair', () => {
    const seen = { possible: 0, impossible: 0, onlyByPairs: 0 };
    fc.assert(
      fc.property(cases, each => {
        const answer = formsOf(each).length > 0;
        const loose = { ...each, pool: each.pool.map(({ letters }) => ({ letters })) };
        seen[answer ? 'possible' : 'impossible'] += 1;
        if (!answer && canFill(loose.pool, wishOf(loose))) seen.onlyByPairs += 1;
        expect(canFill(each.pool, wishOf(each))).to.equal(answer);
      }),
      { numRuns: 3000 },
    );
    for (const [end, times] of Object.entries(seen)) expect(times, end).to.be.greaterThan(50);
  });

  it('goes on with exactly those items that are part of such a choice, to its end', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), (each, chance) => {
        const { mayCome, add } = growingForm(each.pool, wishOf(each));
        const all = formsOf(each);
        const form: Item[] = [];
        const goesOnWith = (item: Item) =>
          all.some(choice => [...form, item].every(one => choice.includes(one)));
        while (form.length < each.draw) {
          const left = each.pool.filter(
            item => !form.includes(item) && !form.some(other => areTwins(other, item)),
          );
          const open = left.filter(mayCome);
          expect(open).to.deep.equal(left.filter(goesOnWith));
          const item = open[chance.next().value % open.length];
          if (!item) return void expect(all).to.deep.equal([]);
          add(item);
          form.push(item);
        }
        if (each.draw > 0) expect(keeps(form, each)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to its end however early the search has to give up', () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: 60 }), (each, left) => {
        fc.pre(each.draw > 0 && formsOf(each).length > 0);
        const { mayCome, add } = growingForm(each.pool, wishOf(each), { left });
        const form: Item[] = [];
        while (form.length < each.draw) {
          const rest = each.pool.filter(
            item => !form.includes(item) && !form.some(other => areTwins(other, item)),
          );
          // All are asked, as a chooser asks them: a search for one uses up what another would have needed.
          const item = rest.filter(mayCome).at(-1);
          if (!item) break;
          add(item);
          form.push(item);
        }
        expect(keeps(form, each)).to.equal(true);
      }),
      { numRuns: 1000, examples: [[givenUpOnTooEarly, 16]] },
    );
  });

  it('finds such a choice itself', () => {
    fc.assert(
      fc.property(cases, each => {
        const wish = wishOf(each);
        const form = someForm(each.pool, wish);
        expect(form === null).to.equal(!canFill(each.pool, wish));
        if (form) expect(keeps(form, each)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is given up when the effort is used up', () => {
    const pool = Array.from({ length: 40 }, (_, n) => ({
      letters: [...'abcd'].filter((_l, at) => (n >> at) % 2).join(''),
    }));
    const wish = wishOf({
      pool,
      draw: 12,
      ranges: { a: { count: 3 }, b: { count: 4 }, c: { count: 2, most: 2 } },
    });
    const enough = fullEffort();
    const whole = enough.left;
    expect(canFill(pool, wish, enough)).to.equal(true);
    const used = whole - enough.left;
    expect(canFill(pool, wish, { left: used })).to.equal(true);
    expect(canFill(pool, wish, { left: used - 1 })).to.equal(false);
    const { mayCome } = growingForm(pool, wish, { left: 0 });
    // Without effort, only what can stand in the one form that is always looked for.
    const kinds = new Set(someForm(pool, wish)?.map(({ letters }) => letters));
    expect(pool.filter(mayCome)).to.deep.equal(pool.filter(({ letters }) => kinds.has(letters)));
  });

  it('names a smallest set of bounds that contradict one another', () => {
    let found = 0;
    fc.assert(
      fc.property(cases, each => {
        fc.pre(formsOf({ ...each, ranges: {} }).length > 0);
        const conflict = [conflictIn(each.pool, wishOf(each))]
          .flat()
          .map(bound => (bound === 'too-many' ? bound : bound.name));
        expect(conflict.length === 0).to.equal(formsOf(each).length > 0);
        if (conflict.length === 0) return;
        found += 1;
        const isPossible = (names: string[]) =>
          formsOf({
            ...each,
            ranges: Object.fromEntries(names.map(name => [name, each.ranges[name] as Range])),
          }).length > 0;
        expect(isPossible(conflict)).to.equal(false);
        for (const name of conflict)
          expect(isPossible(conflict.filter(other => other !== name))).to.equal(true);
      }),
      { numRuns: 1000 },
    );
    expect(found).to.be.greaterThan(20);
  });

  // Weighing each way anew would go through more of them than a test can wait for: it would not end.
  it('ends for a large bank with many bounds and pairs', () => {
    // Each of twelve is to be there, one only in a place that two others want too: nothing works out.
    const names = [...'abcdefghijkl'];
    const pool = Array.from({ length: 120 }, (_, n) => ({
      letters: `${names[n % 12]}${n % 3 ? 'y' : ''}${n % 5 ? 'z' : ''}${n % 2 ? 'x' : ''}`,
      // Twins are about one thing, and differ in the rest.
      pair: n < 96 ? `P-${n % 12}-${Math.floor(n / 24)}` : undefined,
    }));
    const ranges: Record<string, Range> = Object.fromEntries(names.map(name => [name, { count: 2 }]));
    const wish = (most: number) =>
      wishOf({
        pool,
        draw: 30,
        ranges: { ...ranges, y: { count: 20 }, z: { count: 25 }, x: { count: 0, most } },
      });
    expect(canFill(pool, wish(3))).to.equal(false);
    expect(canFill(pool, wish(30))).to.equal(true);
  });
});
