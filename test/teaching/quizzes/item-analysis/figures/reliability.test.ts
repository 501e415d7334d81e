import { expect } from 'chai';
import {
  addTo,
  noMoments,
  type Moments,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/moments.js';
import {
  alpha,
  reliability,
  standardError,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/reliability.js';

const moments = (...values: number[]): Moments => {
  const sums = noMoments();
  values.forEach(value => addTo(sums, value));
  return sums;
};

/**
 * Four people on two places; totals 200, 100, 100, 0. Variances: 3333⅓, 3333⅓, and 6666⅔ of the totals, so that alpha is
 * 2 × (1 − 6666⅔ / 6666⅔) = 0.
 */
const FOUR = {
  attempts: 4,
  places: [moments(100, 100, 0, 0), moments(100, 0, 100, 0)],
  totals: moments(200, 100, 100, 0),
  isRightOrWrong: true,
};

describe('reliability', () => {
  it('is KR-20 where everybody had the same right-or-wrong items, in whatever places', () => {
    const items = [moments(100, 100, 0, 0), moments(100, 0, 100, 0)];
    expect(reliability({ ...FOUR, items })).to.deep.equal({
      kind: 'kr20',
      value: { value: 0, reason: null },
    });
    expect(reliability({ ...FOUR, items, isRightOrWrong: false }).kind).to.equal('alpha');
  });

  it('is counted over the items, not over the places they stood in', () => {
    // Everybody is right on one item and wrong on the other; shuffled, each place has as many right as wrong.
    const items = [moments(100, 100, 100, 100), moments(0, 0, 0, 100)];
    const places = [moments(100, 0, 100, 100), moments(0, 100, 0, 100)];
    const totals = moments(100, 100, 100, 200);
    const found = reliability({ attempts: 4, places, items, totals, isRightOrWrong: true });
    // By hand, over the items: 2 × (1 − (0 + 2500) / 2500). Over the places it would be 2 × (1 − 5833⅓ / 2500) = −2⅔.
    expect(found.value.value).to.be.closeTo(0, 1e-12);
  });

  it('is counted over the places where forms were drawn', () => {
    // Items that each drew two people, and one that all had: over them it would be 1½ × (1 − 3333⅓ / 6666⅔) = ¾.
    const items = [moments(100, 100), moments(0, 0), moments(100, 0, 100, 0)];
    const found = reliability({ ...FOUR, items });
    expect(found.kind).to.equal('drawn');
    expect(found.value.value).to.be.closeTo(0, 1e-12);
  });

  it('takes the luck of the draw for error', () => {
    // Each person knows as much as the number says; half of them draw a form whose first item nobody misses.
    const people = [0, 0, 1, 1, 2, 2, 3, 3].map((knows, n) => {
      const luck = n % 2 === 0 ? 100 : 0;
      return [luck, knows > 0 ? 100 : 0, knows > 1 ? 100 : 0, knows > 2 ? 100 : 0];
    });
    const places = [0, 1, 2, 3].map(at => moments(...people.map(row => row[at] ?? 0)));
    const totals = moments(...people.map(row => row.reduce((a, b) => a + b, 0)));
    const without = people.map(row => row.slice(1).reduce((a, b) => a + b, 0));
    // By hand, in sevenths: without the lucky place 3/2 × (1 − 50000 / 100000), with it 4/3 × (1 − 70000 / 120000).
    expect(alpha(places.slice(1), moments(...without)).value).to.be.closeTo(3 / 4, 1e-12);
    expect(alpha(places, totals).value).to.be.closeTo(5 / 9, 1e-12);
  });

  it('is not defined for forms of different lengths, one question, or no spread', () => {
    const longer = { ...FOUR, places: [...FOUR.places, moments(100)], items: FOUR.places };
    expect(reliability(longer).value.reason).to.equal('lengths-differ');
    expect(alpha([moments(100, 0)], moments(100, 0)).reason).to.equal('one-question');
    expect(alpha([moments(100, 100), moments(0, 0)], moments(100, 100)).reason).to.equal('no-spread');
    expect(alpha([moments(100), moments(0)], moments(100)).reason).to.equal('one-answer');
    expect(alpha([], noMoments()).reason).to.equal('no-answers');
  });

  it('may lie below nothing, and then has no standard error', () => {
    const against = { value: alpha([moments(100, 0, 100), moments(0, 100, 0)], moments(100, 100, 101)) };
    expect(against.value.value).to.be.lessThan(0);
    expect(standardError(moments(100, 100, 101), { kind: 'alpha', ...against }).reason).to.equal(
      'below-nothing',
    );
  });

  it('gives the standard error s √(1 − r)', () => {
    const half = { kind: 'alpha' as const, value: { value: 0.75, reason: null } };
    // s² of 0 and 200 is 20000.
    expect(standardError(moments(0, 200), half).value).to.be.closeTo(Math.sqrt(20_000 * 0.25), 1e-9);
  });
});
