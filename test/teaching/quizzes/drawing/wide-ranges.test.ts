import { expect } from 'chai';
import fc from 'fast-check';
import type { Disposition } from '../../../../server/teaching/questions/types/decision/dispositions.js';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { drawForm, PoolTooSmall } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { countedItems } from './counted-items.js';
import { finalBank } from './second-edition-bank.js';

const KEYS = ['carry-on', 'note', 'tell', 'urgent'] as const;

const bank = finalBank();
const own = bank.filter(({ roles }) => roles === undefined || roles.includes('patrol'));

type Ranges = { [name in Disposition]: readonly [number, number] };
const everyRange = (range: readonly [number, number]) =>
  Object.fromEntries(KEYS.map(key => [key, range])) as Ranges;

const final = {
  items: own,
  draw: 20,
  minCritical: 4,
  job: 'patrol',
  depth: 'full',
  previous: [],
  seed: 'wide',
} as const;

const formOf = (blueprint: FormBlueprint): Drawable[] => {
  const ids = drawForm(blueprint).map(({ itemId }) => itemId);
  return blueprint.items.filter(({ id }) => ids.includes(id));
};

const keyed = (form: readonly Drawable[], key: string) =>
  form.filter(({ disposition }) => disposition === key).length;

/** What the schema lets a course ask for, of any size. */
const requests: fc.Arbitrary<FormBlueprint> = fc
  .tuple(fc.integer({ min: 5, max: 40 }), fc.string(), fc.subarray(own), fc.subarray(own))
  .chain(([draw, seed, previous, practised]) => {
    const range = (count: number) =>
      fc
        .tuple(fc.integer({ min: 0, max: Math.floor(count / 4) }), fc.integer({ min: 0, max: count }))
        .map(([least, most]) => [least, Math.max(least, most)] as const);
    return fc.integer({ min: 1, max: draw }).chain(count =>
      fc.record({
        decisions: fc
          .record({ 'carry-on': range(count), note: range(count), tell: range(count), urgent: range(count) })
          .map(ranges => ({ count, ...ranges })),
        family: fc.integer({ min: 0, max: draw }),
        levels: fc.record({
          apply: fc.integer({ min: 1, max: draw }),
          analyse: fc.integer({ min: 1, max: Math.ceil(draw / 2) }),
        }),
        objectives: fc.dictionary(
          fc.constantFrom(...own.map(({ objective }) => objective)),
          fc.integer({ min: 1, max: Math.ceil(draw / 6) }),
        ),
        exposure: fc.constantFrom(undefined, 30),
        minCritical: fc.integer({ min: 0, max: Math.ceil(draw / 3) }),
        items: fc.constant(own),
        job: fc.constant('patrol' as const),
        depth: fc.constant('full' as const),
        draw: fc.constant(draw),
        seed: fc.constant(seed),
        previous: fc.constant([previous.map(({ id }) => id)]),
        practised: fc.constant(practised.map(({ id }) => id)),
      }),
    );
  });

describe('drawForm with wide ranges of decisions', () => {
  it('gives every number of each decision, whatever the others', () => {
    const decisions = { count: 12, ...everyRange([0, 12]) };
    const seen = new Map<string, Set<number>>(KEYS.map(key => [key, new Set()]));
    for (let n = 0; n < 16; n += 1) {
      const form = formOf({ ...final, decisions, seed: `wide ${n}` });
      for (const key of KEYS) seen.get(key)?.add(keyed(form, key));
      expect(form.filter(({ disposition }) => disposition !== undefined)).to.have.length(12);
    }
    expect(seen.get('carry-on')?.size).to.be.greaterThan(3);
    for (const [key, numbers] of seen) expect(numbers.size, key).to.be.greaterThan(2);
  });

  it('keeps what it promises, or refuses, and never looks at an item more than so often', () => {
    const ends = { drawn: 0, refused: 0 };
    fc.assert(
      fc.property(requests, request => {
        const { items, looks } = countedItems(own);
        try {
          const ids = drawForm({ ...request, items }).map(({ itemId }) => itemId);
          ends.drawn += 1;
          expect(looks() / own.length).to.be.lessThan(40 * 100);
          const form = own.filter(({ id }) => ids.includes(id));
          expect(form).to.have.length(request.draw);
          for (const key of KEYS) {
            const [least, most] = (request.decisions as unknown as Ranges)[key];
            expect(keyed(form, key)).to.be.within(least, most);
          }
        } catch (fault) {
          if (!(fault instanceof PoolTooSmall)) throw fault;
          ends.refused += 1;
        }
      }),
      // Shrinking a costly request would take longer than anybody can wait for.
      { numRuns: 12, seed: 7, endOnFailure: true },
    );
    for (const [end, times] of Object.entries(ends)) expect(times, end).to.be.greaterThan(0);
  });
});
