import { expect } from 'chai';
import fc from 'fast-check';
import { moduleItems } from '../../../server/teaching/follow-up/module-items.js';
import { drawParallel, formSize } from '../../../server/teaching/follow-up/parallel-forms.js';
import { seededRandom, shuffle } from '../../../server/teaching/quizzes/drawing/seeded-random.js';
import { snapshotOf } from './courses.js';
import { bank, item } from './items.js';

const sizes = fc.dictionary(fc.constantFrom('one', 'two', 'three', 'four', 'five'), fc.nat(14));

describe('parallel forms', () => {
  it('share no item, repeat none, and match slot by slot in module, whatever the bank', () => {
    fc.assert(
      fc.property(sizes, fc.string(), (of, seed) => {
        const items = bank(of);
        const { first, second } = drawParallel(items, seed);
        const ids = [...first, ...second].map(({ itemId }) => itemId);
        expect(new Set(ids).size).to.equal(ids.length);
        const find = (id = '') => items.find(each => each.id === id);
        for (const [at, { itemId, optionOrder }] of first.entries()) {
          expect(find(itemId)?.module).to.equal(find(second[at]?.itemId)?.module);
          expect([...optionOrder].sort()).to.deep.equal(['a', 'b', 'c']);
        }
        expect(first.length).to.equal(second.length).and.equal(formSize(items));
      }),
    );
  });

  it('match in objective, level and safety wherever a module has two such items', () => {
    fc.assert(
      fc.property(fc.string(), seed => {
        const items = bank({ one: 61, two: 62, three: 70 });
        const { first, second } = drawParallel(items, seed);
        const find = (id = '') => items.find(each => each.id === id);
        for (const [at, { itemId }] of first.entries()) {
          const [a, b] = [find(itemId), find(second[at]?.itemId)];
          expect([b?.objective, b?.level, b?.critical]).to.deep.equal([a?.objective, a?.level, a?.critical]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('give up the match in type first, then safety, then level, and objective last', () => {
    const base = { ...item(1), critical: false as const };
    const other = { ...base, id: 'other' };
    const rows = [
      [
        { ...other, type: 'multiple' },
        { ...other, id: 'worse', critical: 'never-1' },
      ],
      [
        { ...other, critical: 'never-1', type: 'multiple' },
        { ...other, id: 'worse', level: 'remember' },
      ],
      [
        { ...other, level: 'remember' as const, critical: 'never-1' },
        { ...other, id: 'worse', objective: 'x' },
      ],
    ] as const;
    for (const [better, worse] of rows) {
      // The two others differ in more, so that the first must be in the pair.
      const pool = [base, better, { ...worse, module: 'one' }];
      const pairs = drawParallel(pool, 'seed');
      const drawn = [pairs.first[0]?.itemId, pairs.second[0]?.itemId].sort();
      expect(drawn).to.deep.equal([base.id, 'other'].sort());
    }
  });

  it('are the same for the same seed, whatever the order of the bank, and others for another seed', () => {
    const items = bank({ one: 20, two: 20, three: 20 });
    const forms = drawParallel(items, 'seed');
    expect(drawParallel(shuffle(seededRandom('x'), items), 'seed')).to.deep.equal(forms);
    const others = new Set(
      Array.from({ length: 20 }, (_, n) => JSON.stringify(drawParallel(items, `seed ${n}`).first)),
    );
    expect(others.size).to.be.greaterThan(15);
  });

  it('come first and second equally often', () => {
    // Of two items one is A for all seeds alike, so each item comes first in about half of the draws.
    const items = bank({ one: 2 });
    const firsts = Array.from(
      { length: 400 },
      (_, n) => drawParallel(items, `${n}`).first[0]?.itemId === 'one-000',
    );
    expect(firsts.filter(Boolean).length).to.be.within(150, 250);
  });

  it('ask one question about each module, more in a short course, and none where there are no two items', () => {
    expect(formSize(bank({ one: 20, two: 20, three: 20 }))).to.equal(9);
    expect(formSize(bank({ one: 20 }))).to.equal(8);
    expect(formSize(bank({ one: 1, two: 1 }))).to.equal(0);
    expect(drawParallel([], 'seed')).to.deep.equal({ first: [], second: [] });
  });

  it('match in module, objective and level in the real courses, with about eight questions of short types', () => {
    for (const slug of ['airline-and-transport', 'law-enforcement', 'volunteers']) {
      const course = snapshotOf(slug);
      const items = moduleItems(course);
      const find = (id = '') => items.find(each => each.id === id);
      for (let n = 0; n < 10; n += 1) {
        const { first, second } = drawParallel(items, `${n}`);
        expect(first.length).to.be.within(7, 9).and.equal(course.modules.length);
        for (const [at, { itemId }] of first.entries()) {
          const [a, b] = [find(itemId), find(second[at]?.itemId)];
          expect([b?.module, b?.objective, b?.level]).to.deep.equal([a?.module, a?.objective, a?.level]);
          expect(a?.type).to.be.oneOf([
            'single',
            'multiple',
            'true-false',
            'ordering',
            'matching',
            'decision',
          ]);
        }
      }
    }
  });
});
