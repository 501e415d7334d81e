import { expect } from 'chai';
import fc from 'fast-check';
import { countedItems } from './counted-items.js';
import { drawForm, PoolTooSmall } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import type { FormBlueprint, Drawable } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import type { Level } from '../../../../server/teaching/questions/levels.js';

const LEVELS: readonly Level[] = ['remember', 'understand', 'apply', 'analyse', 'evaluate'];

function item(number: number, changes: Partial<Drawable> = {}): Drawable {
  return {
    id: `M2-${String(number).padStart(3, '0')}`,
    objective: `M2-O${number % 4}`,
    level: LEVELS[number % 5] ?? 'apply',
    depth: 'essentials',
    critical: number % 3 === 0 ? 'never-1' : false,
    options: ['a', 'b', 'c'].map(id => ({ id })),
    ...changes,
  };
}

function bank(size: number, change: (number: number) => Partial<Drawable> = () => ({})): Drawable[] {
  return Array.from({ length: size }, (_, number) => item(number, change(number)));
}

function draw(blueprint: Partial<FormBlueprint>) {
  const defaults = {
    items: bank(24),
    draw: 6,
    minCritical: 1,
    depth: 'full',
    previous: [],
    seed: 'seed',
  } as const;
  return drawForm({ ...defaults, ...blueprint });
}

function ids(blueprint: Partial<FormBlueprint>): string[] {
  return draw(blueprint).map(slot => slot.itemId);
}

function countBy(items: readonly Drawable[], name: 'objective' | 'level'): number[] {
  const counts = new Map<string, number>();
  for (const each of items) counts.set(each[name], (counts.get(each[name]) ?? 0) + 1);
  return [...counts.values()].sort();
}

function find(items: readonly Drawable[], wanted: readonly string[]): Drawable[] {
  return items.filter(each => wanted.includes(each.id));
}

function unevenness(form: readonly Drawable[]): number {
  return countBy(form, 'objective').reduce((sum, count) => sum + count * count, 0);
}

function criticalOf(items: readonly Drawable[]): number {
  return items.filter(each => each.critical !== false).length;
}

describe('drawForm', () => {
  it('holds as many items on points of the course as promised, and is refused where there are too few', () => {
    const items = bank(24, number => (number < 4 ? { points: ['S12'] } : {}));
    for (let n = 0; n < 40; n += 1) {
      const form = find(items, ids({ items, points: 3, seed: `points ${n}` }));
      expect(form.filter(({ points }) => points !== undefined).length).to.be.at.least(3);
    }
    expect(() => draw({ items, points: 5 })).to.throw(PoolTooSmall, /items on points of the course/);
  });

  it('draws the same form for the same seed, whatever the order of the bank, for ever', () => {
    const form = draw({ draw: 3, seed: 'attempt 1' });
    expect(draw({ draw: 3, seed: 'attempt 1', items: bank(24).reverse() })).to.deep.equal(form);
    expect(form).to.deep.equal(FOR_EVER);
  });

  it('draws another form for another seed', () => {
    const forms = Array.from({ length: 20 }, (_, number) =>
      ids({ seed: `attempt ${number}` })
        .sort()
        .join(),
    );
    expect(new Set(forms).size).to.be.greaterThan(15);
  });

  it('leaves what it is given alone', () => {
    const items = bank(24).reverse();
    const before = structuredClone(items);
    draw({ items });
    expect(items).to.deep.equal(before);
  });

  it('draws only essentials items at essentials depth, and both at full depth', () => {
    const items = bank(12, number => ({ depth: number < 6 ? 'essentials' : 'full' }));
    expect(ids({ items, depth: 'essentials' }).sort()).to.deep.equal(items.slice(0, 6).map(each => each.id));
    expect(ids({ items, depth: 'full', draw: 12 })).to.have.lengthOf(12);
  });

  it('spreads over objectives, then over levels', () => {
    for (let number = 0; number < 30; number += 1) {
      const items = bank(60);
      const form = find(items, ids({ items, draw: 10, seed: `spread ${number}` }));
      expect(countBy(form, 'objective')).to.deep.equal([2, 2, 3, 3]);
    }
    const oneObjective = bank(60, () => ({ objective: 'M2-O1' }));
    const form = find(oneObjective, ids({ items: oneObjective, draw: 10 }));
    expect(countBy(form, 'level')).to.deep.equal([2, 2, 2, 2, 2]);
  });

  it('gives every item its turn', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, number) => ids({ seed: `turn ${number}` })).flat());
    expect(seen.size).to.equal(24);
  });

  it('gives the safety-critical item no fixed place', () => {
    const items = bank(12, number => ({ critical: number === 0 ? 'never-1' : false }));
    const places = Array.from({ length: 60 }, (_, number) =>
      ids({ items, seed: `place ${number}` }).indexOf('M2-000'),
    );
    expect(new Set(places)).to.deep.equal(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('shuffles the options of each item, anew in each attempt', () => {
    const items = bank(6);
    const orders = Array.from({ length: 60 }, (_, number) => draw({ items, seed: `order ${number}` }))
      .flat()
      .filter(slot => slot.itemId === 'M2-000')
      .map(slot => slot.optionOrder.join(''));
    expect([...new Set(orders)].sort()).to.deep.equal(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    expect(new Set(draw({ items }).map(slot => slot.optionOrder.join(''))).size).to.be.greaterThan(1);
  });

  it('leaves the order empty for types without options', () => {
    const items = bank(6).map(({ options: _left, ...rest }) => rest);
    expect(draw({ items }).map(slot => slot.optionOrder)).to.deep.equal([[], [], [], [], [], []]);
  });

  it('takes from the last form only what the rest cannot give', () => {
    const items = bank(8);
    const last = items.slice(0, 4).map(each => each.id);
    const form = ids({ items, draw: 6, previous: [['M2-007'], last] });
    expect(form.filter(id => last.includes(id))).to.have.lengthOf(2);
  });

  it('repeats a safety-critical item rather than go without', () => {
    const items = bank(12, number => ({ critical: number === 0 ? 'never-1' : false }));
    expect(ids({ items, previous: [['M2-000', 'M2-001']] }))
      .to.include('M2-000')
      .and.not.include('M2-001');
  });

  it('prefers items not seen for longest', () => {
    const items = bank(9, () => ({ objective: 'M2-O1', level: 'apply', critical: false }));
    const previous = [
      ['M2-000', 'M2-001', 'M2-002'],
      ['M2-003', 'M2-004', 'M2-005'],
      ['M2-006', 'M2-007', 'M2-008'],
    ];
    const form = ids({ items, draw: 3, minCritical: 0, previous });
    expect(form.sort()).to.deep.equal(previous[0]);
  });

  it('refuses a bank that cannot fill the form', () => {
    expect(() => draw({ items: bank(5) })).to.throw(PoolTooSmall, '6 items are to be drawn, the pool has 5');
    expect(() => draw({ items: bank(6), minCritical: 3 })).to.throw(PoolTooSmall, '3 safety-critical');
    expect(() => draw({ items: [] })).to.throw(PoolTooSmall);
    const items = bank(12, () => ({ depth: 'full' }));
    expect(() => draw({ items, depth: 'essentials' })).to.throw(PoolTooSmall);
  });

  for (const counts of [
    { draw: 0 },
    { draw: -1 },
    { draw: 1.5 },
    { draw: NaN },
    { minCritical: 7 },
    { minCritical: -1 },
  ]) {
    it(`refuses ${JSON.stringify(counts)}`, () => {
      expect(() => draw({ minCritical: 0, ...counts })).to.throw(RangeError, 'Cannot draw');
    });
  }

  it('looks at each of 100 items fewer than a hundred times for each place of a form', () => {
    const { items, looks } = countedItems(bank(100));
    const previous = Array.from({ length: 5 }, (_, number) =>
      ids({ items, draw: 20, seed: `earlier ${number}` }),
    );
    const before = looks();
    for (let number = 0; number < 20; number += 1)
      draw({ items, draw: 20, previous, seed: `fast ${number}` });
    expect((looks() - before) / 20 / 20 / items.length).to.be.lessThan(100);
  });

  describe('for any bank', () => {
    const arbitraryBank = fc
      .array(
        fc.record({
          objective: fc.constantFrom('O1', 'O2', 'O3', 'O4'),
          level: fc.constantFrom(...LEVELS),
          depth: fc.constantFrom<Drawable['depth']>('essentials', 'full'),
          critical: fc.constantFrom<Drawable['critical']>(false, false, 'never-1', 'never-2'),
        }),
        { minLength: 1, maxLength: 9 },
      )
      .map(shapes => shapes.map((shape, number) => item(number, shape)));
    const blueprint = fc
      .record({
        items: arbitraryBank,
        draw: fc.integer({ min: 1, max: 5 }),
        minCritical: fc.integer({ min: 0, max: 2 }),
        depth: fc.constantFrom<FormBlueprint['depth']>('essentials', 'full'),
        lastForm: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8]),
        seed: fc.string(),
      })
      .map(({ lastForm, ...rest }) => ({ ...rest, previous: [lastForm.map(number => item(number).id)] }))
      .filter(each => each.minCritical <= each.draw && canBeFilled(each));

    it('fills the form: no item twice, right depth, enough safety-critical ones, all options', () => {
      fc.assert(
        fc.property(blueprint, each => {
          const slots = drawForm(each);
          const form = find(
            poolOf(each),
            slots.map(slot => slot.itemId),
          );
          expect(slots).to.have.lengthOf(each.draw);
          expect(form).to.have.lengthOf(each.draw);
          expect(criticalOf(form)).to.be.at.least(each.minCritical);
          for (const slot of slots) expect([...slot.optionOrder].sort()).to.deep.equal(['a', 'b', 'c']);
        }),
      );
    });

    it('repeats as few items of the last form as any form could', () => {
      fc.assert(
        fc.property(blueprint, each => {
          const repeats = (form: readonly Drawable[]) =>
            form.filter(({ id }) => each.previous[0]?.includes(id)).length;
          const form = find(
            poolOf(each),
            drawForm(each).map(slot => slot.itemId),
          );
          expect(repeats(form)).to.equal(Math.min(...allForms(each).map(repeats)));
        }),
      );
    });

    it('is as even over objectives as any form without repeats could be', () => {
      fc.assert(
        fc.property(blueprint, each => {
          const fresh = { ...each, items: each.items.filter(({ id }) => !each.previous[0]?.includes(id)) };
          fc.pre(canBeFilled(fresh));
          const form = find(
            poolOf(each),
            drawForm(each).map(slot => slot.itemId),
          );
          expect(unevenness(form)).to.equal(Math.min(...allForms(fresh).map(unevenness)));
        }),
        { numRuns: 300 },
      );
    });
  });
});

type Request = Pick<FormBlueprint, 'items' | 'draw' | 'minCritical' | 'depth'>;

function poolOf({ items, depth }: Request): Drawable[] {
  return items.filter(each => depth === 'full' || each.depth === 'essentials');
}

function canBeFilled(request: Request): boolean {
  const pool = poolOf(request);
  return pool.length >= request.draw && criticalOf(pool) >= request.minCritical;
}

/** Every form that the request permits, found by trying them all. */
function allForms(request: Request): Drawable[][] {
  const choose = (from: readonly Drawable[], count: number): Drawable[][] => {
    const [first, ...rest] = from;
    if (count === 0) return [[]];
    if (first === undefined) return [];
    return [...choose(rest, count - 1).map(form => [first, ...form]), ...choose(rest, count)];
  };
  return choose(poolOf(request), request.draw).filter(form => criticalOf(form) >= request.minCritical);
}

/** Written down once: an attempt must draw the same form again in any later version. */
const FOR_EVER = [
  { itemId: 'M2-010', optionOrder: ['b', 'a', 'c'] },
  { itemId: 'M2-003', optionOrder: ['a', 'b', 'c'] },
  { itemId: 'M2-009', optionOrder: ['b', 'a', 'c'] },
];
