import { expect } from 'chai';
import fc from 'fast-check';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { drawForm, PoolTooSmall } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { leastOfAll, subsets } from './trying-all.js';

const BANKS = ['own', 'track', 'other'] as const;

interface Banked extends Drawable {
  readonly bank: (typeof BANKS)[number];
}

interface Case extends FormBlueprint {
  readonly items: readonly Banked[];
}

const ids = (count: number) => Array.from({ length: count }, (_, number) => `M2-00${number}`);

const cases: fc.Arbitrary<Case> = fc
  .record({
    items: fc
      .array(
        fc.record({
          bank: fc.constantFrom(...BANKS),
          objective: fc.constantFrom('M2-O1', 'M2-O2'),
          level: fc.constantFrom('understand' as const, 'apply' as const),
          depth: fc.constant('full' as const),
          critical: fc.constantFrom<Drawable['critical']>(false, false, 'never-1'),
          pair: fc.constantFrom(undefined, undefined, 'P-01', 'P-02'),
        }),
        { minLength: 4, maxLength: 10 },
      )
      .map(shapes => shapes.map((shape, number): Banked => ({ ...shape, id: `M2-00${number}` }))),
    draw: fc.integer({ min: 2, max: 5 }),
    minCritical: fc.integer({ min: 0, max: 2 }),
    levels: fc.constantFrom({}, { apply: 2 }),
    shares: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 2 }),
    depth: fc.constant('full' as const),
    exposure: fc.constantFrom(undefined, 30),
    practised: fc.subarray(ids(10)),
    previous: fc.array(fc.subarray(ids(10)), { maxLength: 2 }),
    seed: fc.string(),
  })
  .map(({ shares, ...blueprint }) => ({
    ...blueprint,
    from: (['track', 'other'] as const).map((module, at) => ({
      module,
      count: shares[at] ?? 0,
      items: blueprint.items.filter(({ bank }) => bank === module).map(({ id }) => id),
    })),
  }));

/** Does a form keep what it promises? The words of the blueprint, and nothing clever. */
function keeps(form: readonly Banked[], { draw, minCritical, levels, from = [] }: Case): boolean {
  const pairs = form.flatMap(({ pair }) => pair ?? []);
  const count = (fits: (item: Banked) => boolean) => form.filter(fits).length;
  return (
    form.length === draw &&
    new Set(pairs).size === pairs.length &&
    count(({ critical }) => critical !== false) >= minCritical &&
    count(({ level }) => level === 'apply') >= (levels?.apply ?? 0) &&
    from.every(share => count(({ bank }) => bank === share.module) === share.count)
  );
}

/** How much of the last form, and of what was practised, a form repeats. */
const repeats = (form: readonly Banked[], { previous, practised = [] }: Case): number[] => [
  form.filter(({ id }) => previous.at(-1)?.includes(id)).length,
  form.filter(({ id }) => practised.includes(id)).length,
];

describe('drawForm from several banks', () => {
  it('takes exactly so many of each, keeps every promise, and repeats as little as any such form', () => {
    const ends = { drawn: 0, refused: 0, repeated: 0 };
    fc.assert(
      fc.property(cases, blueprint => {
        const fewest = leastOfAll(blueprint, keeps, repeats);
        if (fewest === null) {
          ends.refused += 1;
          expect(() => drawForm(blueprint)).to.throw(RangeError);
          return;
        }
        ends.drawn += 1;
        const drawn = drawForm(blueprint).map(({ itemId }) => itemId);
        const form = blueprint.items.filter(({ id }) => drawn.includes(id));
        expect(drawn).to.have.lengthOf(blueprint.draw);
        expect(keeps(form, blueprint)).to.equal(true);
        expect(repeats(form, blueprint)).to.deep.equal(fewest);
        if (fewest.some(count => count > 0)) ends.repeated += 1;
      }),
      { numRuns: 400 },
    );
    for (const [end, times] of Object.entries(ends)) expect(times, end).to.be.greaterThan(20);
  });

  it('shows the items of each other bank together and first, in an order that the seed gives', () => {
    const places = new Set<string>();
    fc.assert(
      fc.property(cases, blueprint => {
        if (!subsets(blueprint.items).some(form => keeps(form, blueprint))) return;
        const banks = drawForm(blueprint).map(
          ({ itemId }) => blueprint.items.find(({ id }) => id === itemId)?.bank,
        );
        const counts = blueprint.from?.map(({ count }) => count) ?? [];
        const [track = 0, other = 0] = counts;
        expect(banks).to.deep.equal([
          ...Array<string>(track).fill('track'),
          ...Array<string>(other).fill('other'),
          ...Array<string>(blueprint.draw - track - other).fill('own'),
        ]);
      }),
    );
    const items = ids(6).map((id, n): Drawable => ({
      ...{ id, objective: 'M2-O1', level: 'apply', depth: 'full', critical: false },
      ...(n < 3 ? {} : { pair: `P-${n}` }),
    }));
    const from = [{ module: 'track', count: 3, items: ids(3) }];
    for (let seed = 0; seed < 60; seed += 1) {
      const rules = { items, from, draw: 3, minCritical: 0, depth: 'full' as const, previous: [] };
      places.add(
        drawForm({ ...rules, seed: String(seed) })
          .map(({ itemId }) => itemId)
          .join(),
      );
    }
    expect(places.size, 'orders of three').to.equal(6);
  });

  it('says which bank has too little', () => {
    const items = ids(4).map((id): Drawable => ({
      ...{ id, objective: 'M2-O1', level: 'apply', depth: 'full', critical: false },
    }));
    const rules = { items, draw: 3, minCritical: 0, depth: 'full' as const, previous: [], seed: 's' };
    const from = (count: number) => [{ module: 'routes', count, items: ids(2) }];
    expect(drawForm({ ...rules, from: from(2) })).to.have.lengthOf(3);
    expect(() => drawForm({ ...rules, from: from(3) })).to.throw(PoolTooSmall, 'give 3 items of routes');
  });
});
