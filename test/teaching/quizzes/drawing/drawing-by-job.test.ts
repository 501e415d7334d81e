import { expect } from 'chai';
import fc from 'fast-check';
import { familyOf, type JobName, type Whom } from '../../../../server/teaching/questions/jobs.js';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { drawForm } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { countedItems } from './counted-items.js';
import { finalBank } from './second-edition-bank.js';
import { leastOfAll, unwantedCounts } from './trying-all.js';

const KEYS = ['carry-on', 'note', 'tell', 'urgent'] as const;

const isOwn = ({ roles = [] }: Drawable, whom: Whom): boolean =>
  roles.some(role => role === whom || familyOf(role) === whom);

const suits = (item: Drawable, whom: Whom | null): boolean =>
  item.roles === undefined || (whom !== null && isOwn(item, whom));

/** Does a form for these people keep what it promises? The words of the blueprint, and nothing clever. */
const keepsFor =
  (whom: Whom | null) =>
  (form: readonly Drawable[], { draw, decisions, family = 0, own = family }: FormBlueprint): boolean => {
    const pairs = form.flatMap(({ pair }) => pair ?? []);
    const count = (fits: (item: Drawable) => boolean) => form.filter(fits).length;
    return (
      form.length === draw &&
      form.every(item => item.status !== 'trial' && suits(item, whom)) &&
      new Set(pairs).size === pairs.length &&
      (whom === null || count(item => isOwn(item, whom)) >= own) &&
      (decisions === undefined ||
        (count(({ disposition }) => disposition !== undefined) === decisions.count &&
          KEYS.every(key => {
            const [least, most] = decisions[key] ?? [0, Infinity];
            const keyed = count(({ disposition }) => disposition === key);
            return least <= keyed && keyed <= most;
          })))
    );
  };

/** For whom a form is to be drawn, and the least that it has of what it should not have; null where no form keeps the promises. */
function expected(blueprint: FormBlueprint): { whom: Whom | null; least: number[] } | null {
  const { job = null } = blueprint;
  for (const whom of job ? [job, familyOf(job)] : [null]) {
    const least = leastOfAll(blueprint, keepsFor(whom), unwantedCounts);
    if (least !== null) return { whom, least };
  }
  return null;
}

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  .map(([least, more]): [number, number] => [least, least + more]);

const blueprints: fc.Arbitrary<FormBlueprint> = fc.record({
  items: fc
    .array(
      fc.record({
        objective: fc.constantFrom('M2-O1', 'M2-O2'),
        level: fc.constant('apply' as const),
        depth: fc.constant('full' as const),
        critical: fc.constant(false as const),
        disposition: fc.constantFrom(undefined, ...KEYS),
        roles: fc.constantFrom<readonly JobName[] | undefined>(
          undefined,
          ['cabin'],
          ['driver'],
          ['patrol', 'driver'],
          ['patrol'],
        ),
        pair: fc.constantFrom(undefined, undefined, 'P-01', 'P-02'),
        status: fc.constantFrom<Drawable['status']>(undefined, 'live', 'live', 'trial'),
      }),
      { minLength: 4, maxLength: 10 },
    )
    .map(shapes => shapes.map((shape, number) => ({ ...shape, id: `M2-00${number}` }))),
  draw: fc.integer({ min: 2, max: 4 }),
  minCritical: fc.constant(0),
  decisions: fc.option(
    fc.record({
      count: fc.integer({ min: 0, max: 3 }),
      'carry-on': range,
      urgent: fc.option(range, { nil: undefined }),
    }),
    { nil: undefined },
  ),
  // As versions were published before.
  family: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  own: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  job: fc.constantFrom<JobName | null>(null, 'cabin', 'patrol'),
  exposure: fc.constantFrom(undefined, 30),
  trials: fc.constantFrom(0, 1),
  practised: fc.subarray([...'0123456789']).map(numbers => numbers.map(number => `M2-00${number}`)),
  depth: fc.constant('full' as const),
  previous: fc.array(
    fc.subarray([...'0123456789']).map(numbers => numbers.map(number => `M2-00${number}`)),
    { maxLength: 2 },
  ),
  seed: fc.string(),
});

describe('drawForm with decisions, jobs, pairs and trials', () => {
  it('keeps every promise whenever any form could, repeats as little as any such form, and refuses otherwise', () => {
    const ends = { byJob: 0, byFamily: 0, refused: 0, faulty: 0, onTrial: 0 };
    fc.assert(
      fc.property(blueprints, blueprint => {
        const wanted = expected(blueprint);
        if (wanted === null) {
          ends.refused += 1;
          expect(() => drawForm(blueprint)).to.throw(RangeError);
          return;
        }
        const { whom, least } = wanted;
        if (whom !== null) ends[whom === blueprint.job ? 'byJob' : 'byFamily'] += 1;
        const slots = drawForm(blueprint);
        const itemsIn = (those: typeof slots) =>
          blueprint.items.filter(({ id }) => those.some(({ itemId }) => itemId === id));
        const form = itemsIn(slots.filter(({ trial }) => !trial));
        const onTrial = itemsIn(slots.filter(({ trial }) => trial));
        expect(keepsFor(whom)(form, blueprint)).to.equal(true);
        expect(unwantedCounts(form, blueprint)).to.deep.equal(least);
        expect(onTrial.length).to.be.at.most(blueprint.trials ?? 0);
        for (const { status, pair, ...item } of onTrial) {
          expect(status).to.equal('trial');
          expect(suits(item, whom)).to.equal(true);
          expect(pair !== undefined && form.some(other => other.pair === pair)).to.equal(false);
        }
        if (least.some(count => count > 0)) ends.faulty += 1;
        ends.onTrial += onTrial.length;
      }),
      { numRuns: 1500 },
    );
    for (const [end, times] of Object.entries(ends)) expect(times, end).to.be.greaterThan(20);
  });

  it('draws the same form again, whatever the order of the bank', () => {
    fc.assert(
      fc.property(blueprints, blueprint => {
        const draw = (items: readonly Drawable[]) => {
          try {
            return drawForm({ ...blueprint, items });
          } catch (fault) {
            return String(fault);
          }
        };
        expect(draw(blueprint.items.toReversed())).to.deep.equal(draw(blueprint.items));
      }),
      { numRuns: 300 },
    );
  });

  const items = finalBank();
  const final = {
    items,
    draw: 10,
    minCritical: 1,
    family: 5,
    decisions: { count: 6, 'carry-on': [2, 3], urgent: [1, 2] },
    exposure: 30,
    depth: 'full',
    previous: [],
  } as const;
  const drawn = (blueprint: FormBlueprint) => {
    const ids = drawForm(blueprint).map(({ itemId }) => itemId);
    return items.filter(({ id }) => ids.includes(id));
  };

  it('leaves it to the seed how many decisions of a kind there are, each number about equally often', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 120; n += 1) {
      const form = drawn({ ...final, job: 'phone', seed: `counts ${n}` });
      const keyed = (key: string) => form.filter(({ disposition }) => disposition === key).length;
      const name = `${keyed('carry-on')} ${keyed('urgent')}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).to.deep.equal(['2 1', '2 2', '3 1', '3 2']);
    for (const [name, times] of counts) expect(times, name).to.be.within(15, 45);
  });

  it('looks at each item fewer than fifty times for each place where every decision has the widest range', () => {
    const { items: counted, looks } = countedItems(items);
    const wide = [0, 6] as const;
    const decisions = { count: 6, 'carry-on': wide, note: wide, tell: wide, urgent: wide };
    const pool = counted.filter(({ roles }) => roles === undefined || roles.includes('cabin'));
    drawForm({ ...final, items: pool, job: 'cabin', family: 0, decisions, seed: 'wide' });
    // All 2 401 ways to settle the ranges, each held against the whole pool, would be thousands of looks.
    expect(looks() / 10 / pool.length).to.be.lessThan(50);
  });

  it('gives a job items of its own, or of its family where its own are too few, and no other job or family any of them', () => {
    // Of each family the bank writes for the first job alone.
    for (const job of ['cabin', 'driver', 'gate', 'hotel', 'school', 'phone', 'border'] as const) {
      const form = drawn({ ...final, job, seed: `job ${job}` });
      const whom = ['cabin', 'gate', 'phone'].includes(job) ? job : familyOf(job);
      expect(form.filter(item => isOwn(item, whom)).length, job).to.be.at.least(5);
      expect(form.every(item => suits(item, whom))).to.equal(true);
    }
  });

  it('gives a job nothing that is written for another job of its family', () => {
    const both = items.map((item, n) =>
      n % 2 === 0 && item.roles?.includes('cabin') ? { ...item, roles: ['driver'] as const } : item,
    );
    for (const job of ['cabin', 'driver'] as const)
      for (let n = 0; n < 20; n += 1) {
        const ids = drawForm({ ...final, items: both, family: 0, job, seed: `own ${n}` }).map(
          ({ itemId }) => itemId,
        );
        const roles = both.filter(({ id }) => ids.includes(id)).flatMap(item => item.roles ?? []);
        expect(new Set([job, ...roles])).to.have.lengthOf(1);
      }
  });

  it('gives no item to more than about its share of forms where the blueprint limits exposure', () => {
    const forms = 150;
    const times = new Map<string, number>();
    for (let n = 0; n < forms; n += 1)
      for (const { itemId } of drawForm({ ...final, job: 'cabin', seed: `exposure ${n}` }))
        times.set(itemId, (times.get(itemId) ?? 0) + 1);
    expect(times.size).to.equal(40);
    // Three standard errors of a share of 30 % above it: what chance alone would not exceed.
    const most = 0.3 + 3 * Math.sqrt((0.3 * 0.7) / forms);
    for (const [id, count] of times) expect(count / forms, id).to.be.at.most(most);
  });

  it('draws what counts as if there were no item on trial', () => {
    const onTrial = items
      .slice(0, 3)
      .map(item => ({ ...item, id: `${item.id}-trial`, status: 'trial' as const }));
    for (let n = 0; n < 5; n += 1) {
      const blueprint = { ...final, job: 'cabin' as const, seed: `trial ${n}`, trials: 1 };
      const form = drawForm({ ...blueprint, items: [...items, ...onTrial] });
      const counting = form.filter(({ trial }) => !trial).map(({ itemId }) => itemId);
      expect(form).to.have.lengthOf(11);
      expect(counting.sort()).to.deep.equal(
        drawForm(blueprint)
          .map(({ itemId }) => itemId)
          .sort(),
      );
    }
  });
});
