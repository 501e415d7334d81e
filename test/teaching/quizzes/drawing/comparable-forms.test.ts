import { expect } from 'chai';
import fc from 'fast-check';
import { distanceFrom, NEAR, wantedMean } from '../../../../server/teaching/content/comparable.js';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { drawForm } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { countedItems } from './counted-items.js';
import { finalBank } from './second-edition-bank.js';
import { leastOfAll, subsets, unwantedCounts } from './trying-all.js';

const ids = [...'0123456789'].map(number => `M2-00${number}`);

const blueprints: fc.Arbitrary<FormBlueprint> = fc.record({
  items: fc
    .array(
      fc.record({
        objective: fc.constantFrom('M2-O1', 'M2-O2'),
        level: fc.constant('apply' as const),
        depth: fc.constant('full' as const),
        critical: fc.constantFrom<Drawable['critical']>(false, 'never-1'),
        disposition: fc.constantFrom(undefined, 'tell', 'carry-on'),
        pair: fc.constantFrom(undefined, undefined, 'P-01', 'P-02'),
        status: fc.constantFrom<Drawable['status']>(undefined, undefined, undefined, 'trial'),
        borderline: fc.integer({ min: 30, max: 95 }),
      }),
      { minLength: 4, maxLength: 10 },
    )
    .map(shapes => shapes.map((shape, number) => ({ ...shape, id: ids[number] ?? '' }))),
  draw: fc.integer({ min: 2, max: 4 }),
  minCritical: fc.integer({ min: 0, max: 1 }),
  decisions: fc.constantFrom(undefined, { count: 2, tell: [0, 2] as const, 'carry-on': [0, 2] as const }),
  depth: fc.constant('full' as const),
  practised: fc.subarray(ids),
  previous: fc.array(fc.subarray(ids), { maxLength: 2 }),
  exposure: fc.constantFrom(undefined, 30),
  seed: fc.string(),
});

/** Does a form keep what it promises? The words of the blueprint, and nothing clever. */
function keeps(form: readonly Drawable[], { draw, minCritical, decisions }: FormBlueprint): boolean {
  const pairs = form.flatMap(({ pair }) => pair ?? []);
  return (
    form.length === draw &&
    form.every(({ status }) => status !== 'trial') &&
    new Set(pairs).size === pairs.length &&
    form.filter(({ critical }) => critical !== false).length >= minCritical &&
    (!decisions || form.filter(({ disposition }) => disposition !== undefined).length === decisions.count)
  );
}

const formOf = (blueprint: FormBlueprint): Drawable[] => {
  const drawn = drawForm(blueprint).map(({ itemId }) => itemId);
  return blueprint.items.filter(({ id }) => drawn.includes(id));
};

const judged = finalBank().map((item, n) => ({ ...item, borderline: 40 + ((n * 17) % 50) }));

const final = {
  items: judged,
  draw: 16,
  minCritical: 3,
  job: 'patrol',
  depth: 'full',
  exposure: 30,
  family: 8,
  decisions: { count: 8, 'carry-on': [3, 4], urgent: [1, 3] },
  previous: [],
} as const;

describe('forms of a bank whose items all have a borderline', () => {
  it('keep every other promise, and are as difficult as the bank where any such form is, or as near as any', () => {
    const ends = { near: 0, nearest: 0 };
    fc.assert(
      fc.property(blueprints, blueprint => {
        const wanted = wantedMean(blueprint.items, blueprint);
        const forms = subsets(blueprint.items).filter(form => keeps(form, blueprint));
        fc.pre(forms.length > 0 && wanted !== null);
        const fewest = leastOfAll(blueprint, keeps, unwantedCounts);
        const open = forms.filter(form => String(unwantedCounts(form, blueprint)) === String(fewest));
        const least = Math.min(...open.map(form => distanceFrom(wanted ?? 0, form)));
        const form = formOf(blueprint);
        expect(keeps(form, blueprint)).to.equal(true);
        expect(unwantedCounts(form, blueprint)).to.deep.equal(fewest);
        const distance = distanceFrom(wanted ?? 0, form);
        ends[least <= NEAR ? 'near' : 'nearest'] += 1;
        if (least <= NEAR) expect(distance).to.be.at.most(NEAR);
        else expect(distance).to.be.closeTo(least, 1e-9);
      }),
      { numRuns: 150 },
    );
    for (const [end, times] of Object.entries(ends)) expect(times, end).to.be.greaterThan(10);
  });

  it('differ by at most three points in a large bank, and go on varying', () => {
    const wanted = wantedMean(judged, final) ?? 0;
    const seen = new Set<string>();
    for (let n = 0; n < 12; n += 1) {
      const form = formOf({ ...final, seed: `level ${n}` });
      expect(distanceFrom(wanted, form)).to.be.at.most(NEAR);
      for (const { id } of form) seen.add(id);
    }
    expect(seen.size).to.be.greaterThan(48);
  });

  it('are as ever where one item that counts has none', () => {
    const unjudged = finalBank();
    const one = judged.map((item, n) => (n === 3 ? (unjudged[3] ?? item) : item));
    for (let n = 0; n < 6; n += 1) {
      const blueprint = { ...final, seed: `as ever ${n}` };
      expect(drawForm({ ...blueprint, items: one })).to.deep.equal(
        drawForm({ ...blueprint, items: unjudged }),
      );
    }
  });

  it('take less than three times the looks at items of a form without', () => {
    const looksOf = (items: readonly Drawable[]) => {
      const counted = countedItems(items);
      for (let n = 0; n < 6; n += 1) drawForm({ ...final, items: counted.items, seed: `cost ${n}` });
      return counted.looks();
    };
    expect(looksOf(judged) / looksOf(finalBank())).to.be.lessThan(3);
  });

  it('weigh each bank of a quiz that draws from several as much as its share', () => {
    const bank = (name: string, borderline: number): Drawable[] =>
      ids.map(id => ({
        ...{ id: `${name}-${id}`, objective: 'O', level: 'apply', depth: 'full', critical: false },
        borderline,
      }));
    const items = [...bank('a', 60), ...bank('b', 80)];
    const from = [{ module: 'a', count: 3, items: bank('a', 60).map(({ id }) => id) }];
    expect(wantedMean(items, { draw: 4, from })).to.equal(65);
    expect(wantedMean(items, { draw: 4 })).to.equal(70);
  });
});
