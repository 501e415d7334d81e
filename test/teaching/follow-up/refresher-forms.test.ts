import { expect } from 'chai';
import fc from 'fast-check';
import { missedObjectives } from '../../../server/teaching/follow-up/module-items.js';
import { drawRefreshers } from '../../../server/teaching/follow-up/refresher-forms.js';
import { snapshotOf } from './courses.js';
import { bank } from './items.js';

const items = bank({ one: 12, two: 12 });
const none: ReadonlySet<string> = new Set();
const find = (id: string) => items.find(each => each.id === id);
const draw = (wishes: Partial<Parameters<typeof drawRefreshers>[1]> = {}, of = items) =>
  drawRefreshers(of, { missed: none, seen: none, seed: 'seed', ...wishes });

describe('refresher forms', () => {
  it('are three forms of three items, and no item comes twice while the bank allows', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 24 }), (seed, size) => {
        const forms = draw({ seed }, items.slice(0, size));
        expect(forms).to.have.length(3);
        for (const form of forms) {
          expect(form).to.have.length(Math.min(3, size));
          expect(new Set(form.map(({ itemId }) => itemId)).size).to.equal(form.length);
        }
        const all = forms.flat().map(({ itemId }) => itemId);
        expect(new Set(all).size).to.equal(Math.min(size, all.length));
      }),
    );
  });

  it('never hold both items of a pair', () => {
    const twins = items.slice(0, 6).map((item, n) => ({ ...item, pair: `P-0${Math.floor(n / 2)}` }));
    for (const seed of ['a', 'b', 'c', 'd'])
      for (const form of draw({ seed }, twins)) {
        const pairs = form.map(({ itemId }) => twins.find(({ id }) => id === itemId)?.pair);
        expect(new Set(pairs).size).to.equal(3);
      }
    expect(draw({}, twins.slice(0, 2)).map(form => form.length)).to.deep.equal([1, 1, 1]);
  });

  it('ask about missed objectives first, once a form, in every form', () => {
    const missed = new Set(['one-O1', 'two-O2']);
    for (const form of draw({ missed })) {
      const objectives = form.map(({ itemId }) => find(itemId)?.objective);
      expect(objectives).to.include.members([...missed]);
      expect(new Set(objectives).size).to.equal(3);
    }
  });

  it('ask safety questions where nothing was missed', () => {
    const critical = items.filter(each => each.critical !== false).length;
    const drawn = draw()
      .flat()
      .map(({ itemId }) => find(itemId));
    // Three of the bank's six are of one objective: a form asks for it once.
    expect(drawn.filter(each => each?.critical !== false).length).to.be.at.least(critical - 1);
    expect(find(draw()[0]?.[0]?.itemId ?? '')?.critical).not.to.equal(false);
  });

  it('leave out items of the baseline and the post-test while they can', () => {
    const seen = new Set(items.slice(0, 6).map(({ id }) => id));
    const plain = items.map(each => ({ ...each, critical: false as const }));
    const drawn = draw({ seen }, plain)
      .flat()
      .map(({ itemId }) => itemId);
    expect(drawn.filter(id => seen.has(id))).to.deep.equal([]);
  });

  it('are the same for the same seed, whatever the order of the bank', () => {
    expect(draw({}, items.toReversed())).to.deep.equal(draw());
    expect(draw({ seed: 'another' })).not.to.deep.equal(draw());
  });
});

describe('what was missed', () => {
  const course = snapshotOf('airline-and-transport');
  const [module] = course.modules;
  const [a, b] = module?.quiz.items ?? [];

  it('is the objectives of all items without full points, in any attempt', () => {
    const other = module?.quiz.items.find(({ objective }) => objective !== a?.objective);
    const slots = [
      { itemId: a?.id ?? '', points: 50 },
      { itemId: other?.id ?? '', points: 100 },
    ];
    const quiz = module?.slug ?? '';
    expect([...missedObjectives(course, [{ quiz, slots }])]).to.deep.equal([a?.objective]);
    expect([...missedObjectives(course, [])]).to.deep.equal([]);
    const onTrial = slots.map(slot => ({ ...slot, trial: true as const }));
    expect([...missedObjectives(course, [{ quiz, slots: onTrial }])]).to.deep.equal([]);
  });

  it('ignores a quiz or an item that does not exist', () => {
    const slots = [{ itemId: 'gone', points: 0 }];
    expect([...missedObjectives(course, [{ quiz: module?.slug ?? '', slots }])]).to.deep.equal([]);
    expect([
      ...missedObjectives(course, [{ quiz: 'gone', slots: [{ itemId: b?.id ?? '', points: 0 }] }]),
    ]).to.deep.equal([]);
  });

  it('includes the objective of the final’s case', () => {
    const scenario = course.final?.scenarios[0];
    const slots = [{ itemId: scenario?.id ?? '', points: 0 }];
    expect(missedObjectives(course, [{ quiz: 'final', slots }]).size).to.equal(1);
  });
});
