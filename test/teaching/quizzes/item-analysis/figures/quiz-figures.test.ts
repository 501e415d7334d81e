import { expect } from 'chai';
import fc from 'fast-check';
import {
  unknownItem,
  type AnalysedBank,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import {
  collect,
  noSums,
  type AnalysedAttempt,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/collect.js';
import type { ItemFigures } from '../../../../../server/teaching/quizzes/item-analysis/figures/item-figures.js';
import { quizFigures } from '../../../../../server/teaching/quizzes/item-analysis/figures/quiz-figures.js';
import type { Figure } from '../../../../../server/teaching/quizzes/item-analysis/figures/figure.js';
import { defined } from '../../../../../server/teaching/quizzes/item-analysis/figures/figure.js';
import type { OptionItem } from '../../../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../../../server/teaching/questions/question-types.js';
import { alphaOf, ascending, correlationOf, covarianceOf, meanOf, sumOf, varianceOf } from '../longhand.js';

const ITEMS = ['A', 'B', 'C', 'D', 'E', 'F'];
const OPTIONS = ['a', 'b', 'c'];

/** One choice of three, right is "a". */
const single = (id: string): OptionItem => ({
  id,
  objective: 'O1',
  level: 'apply',
  type: 'single',
  depth: 'full',
  critical: false,
  stem: `What about ${id}?`,
  options: OPTIONS.map(letter => ({ id: letter, text: `Option ${letter}`, feedback: 'Because.' })),
  key: ['a'],
  facts: [],
});

const BANK: AnalysedBank = new Map(
  ITEMS.map(id => {
    const item = single(id);
    const guess = defined(questionTypes.named('single').guessScore(item));
    return [
      id,
      {
        ...unknownItem(id),
        hash: 'h',
        item,
        choices: questionTypes.of(item).choices(item),
        guess,
        plannedSeconds: 45,
      },
    ];
  }),
);

/** Somebody's form of three items and the letters chosen; null for no answer. */
interface Taken {
  readonly items: readonly string[];
  readonly chosen: readonly (string | null)[];
  readonly part: boolean;
}

const taken: fc.Arbitrary<Taken> = fc.record({
  items: fc.shuffledSubarray(ITEMS, { minLength: 3, maxLength: 3 }),
  chosen: fc.array(fc.constantFrom('a', 'a', 'b', 'c', null), { minLength: 3, maxLength: 3 }),
  part: fc.boolean(),
});

const pointsOf = ({ chosen, part }: Taken): number[] =>
  chosen.map(letter => (letter === 'a' ? 100 : letter === 'b' && part ? 33 : 0));

const attemptOf = (form: Taken, person: number, isNew = true): AnalysedAttempt => ({
  at: String(person).padStart(5, '0'),
  isNew,
  startedAt: 1_000_000,
  slots: form.items.map((itemId, at) => ({ itemId, points: pointsOf(form)[at] ?? 0 })),
  answers: form.chosen.flatMap((choice, at) =>
    choice === null ? [] : [{ slot: at + 1, at: 1_000_000 + (at + 1) * 20_000, response: { choice } }],
  ),
});

function count(forms: readonly Taken[]) {
  const sums = noSums();
  forms.forEach((form, person) => collect(sums, attemptOf(form, person), BANK));
  return quizFigures(sums, null);
}

describe('the figures of a quiz', () => {
  it('agree with the textbook on whatever forms were drawn', () => {
    fc.assert(
      fc.property(fc.array(taken, { minLength: 5, maxLength: 60 }), forms => {
        const figures = count(forms);
        if (figures.isSmall) throw new Error('There are five people');
        const people = forms.map(pointsOf);
        const totals = people.map(sumOf);
        near(figures.mean, meanOf(totals) / 100);
        near(figures.deviation, Math.sqrt(varianceOf(totals)) / 100);
        if (figures.reliability.kind === 'drawn') near(figures.reliability.value, alphaOf(people));
        for (const item of figures.items) if (!item.isSmall) agrees(item, forms);
      }),
      { numRuns: 150 },
    );
  });

  it('show nothing of fewer than five people, and nothing of an item that fewer than five met', () => {
    const form = (items: string[]): Taken => ({ items, chosen: ['a', 'b', 'c'], part: false });
    expect(count(Array.from({ length: 4 }, () => form(['A', 'B', 'C'])))).to.deep.equal({ isSmall: true });
    const five = [...Array.from({ length: 4 }, () => form(['A', 'B', 'C'])), form(['A', 'B', 'D'])];
    const figures = count(five);
    if (figures.isSmall) throw new Error('There are five people');
    const small = figures.items.filter(({ isSmall }) => isSmall);
    expect(small.map(({ version }) => version.id)).to.deep.equal(['C', 'D']);
    for (const row of small) expect(Object.keys(row)).to.have.members(['isSmall', 'version']);
  });

  it('show nothing of a third of fewer than five people', () => {
    const rest = (n: number) => (n < 4 ? ['b', 'b'] : n < 10 ? ['a', 'b'] : ['a', 'a']);
    const figures = count(
      Array.from({ length: 30 }, (_, n) => ({
        items: ['A', 'B', 'C'],
        chosen: [n % 2 ? 'a' : 'b', ...rest(n)],
        part: false,
      })),
    );
    const first = figures.isSmall ? undefined : figures.items[0];
    if (!first || first.isSmall) throw new Error('Thirty people met it');
    expect(first.thirds.middle.reason).to.equal('no-thirds');
    expect(first.thirds.lower.value).to.equal(0.5);
    expect(first.choices.map(({ lower }) => lower?.count)).to.deep.equal([5, 5, 0]);
    const fewer = count(
      Array.from({ length: 30 }, (_, n) => ({
        items: ['A', 'B', 'C'],
        chosen: ['a', ...(n < 4 ? ['b', 'b'] : ['a', 'a'])],
        part: false,
      })),
    );
    const other = fewer.isSmall ? undefined : fewer.items[0];
    if (!other || other.isSmall) throw new Error('Thirty people met it');
    expect(other.thirds.lower).to.deep.equal({ value: null, reason: 'no-thirds' });
    expect(other.choices.map(({ lower }) => lower)).to.deep.equal([null, null, null]);
    expect(other.choices.map(({ upper }) => upper?.count)).to.deep.equal([26, 0, 0]);
  });

  it('show no result of a third where it would tell a number that is hidden', () => {
    const figures = count(
      Array.from({ length: 30 }, (_, n) => ({
        items: ['A', 'B', 'C'],
        // Of the upper half two are wrong: how many are right there is hidden with them.
        chosen: [n < 13 ? 'a' : n < 15 || n % 2 ? 'b' : 'a', ...(n < 15 ? ['a', 'a'] : ['b', 'b'])],
        part: false,
      })),
    );
    const first = figures.isSmall ? undefined : figures.items[0];
    if (!first || first.isSmall) throw new Error('Thirty people met it');
    expect(first.choices.map(({ upper }) => upper?.count)).to.deep.equal([null, null, 0]);
    expect(first.choices.map(({ lower }) => lower?.count)).to.deep.equal([7, 8, 0]);
    const { lower, middle, upper } = first.thirds;
    expect([lower, middle, upper].map(({ reason }) => reason)).to.deep.equal([
      'tells-hidden',
      'no-thirds',
      'tells-hidden',
    ]);
  });

  it('count people and not attempts: one person who tries ten times is still one', () => {
    const sums = noSums();
    const form: Taken = { items: ['A', 'B', 'C'], chosen: ['a', 'b', 'c'], part: false };
    for (let time = 0; time < 10; time += 1) collect(sums, attemptOf(form, time, time === 0), BANK);
    expect(quizFigures(sums, null)).to.deep.equal({ isSmall: true });
  });

  it('have a reason for every number that is not there, and never NaN', () => {
    const same: Taken = { items: ['A', 'B', 'C'], chosen: ['a', 'a', 'a'], part: false };
    const figures = count(Array.from({ length: 6 }, () => same));
    if (figures.isSmall) throw new Error('There are six people');
    const [item] = figures.items;
    if (!item || item.isSmall) throw new Error('Six people met it');
    expect(figures.reliability.value).to.deep.equal({ value: null, reason: 'no-spread' });
    expect(figures.standardError).to.deep.equal({ value: null, reason: 'no-reliability' });
    expect(item.facility).to.deep.equal({ value: 1, reason: null });
    expect(item.deviation).to.deep.equal({ value: 0, reason: null });
    expect(item.discrimination.reason).to.equal('no-spread');
    expect(item.efficiency.reason).to.equal('no-spread');
    expect(item.jump.reason).to.equal('few-before');
    expect(item.thirds.lower.reason).to.equal('no-thirds');
    expect(JSON.stringify(figures)).to.not.match(/NaN|Infinity/);
  });

  it('keep versions of one item apart', () => {
    const sums = noSums();
    const form: Taken = { items: ['A', 'B', 'C'], chosen: ['a', 'b', 'c'], part: false };
    const newer: AnalysedBank = new Map(
      [...BANK].map(([id, version]) => [id, id === 'A' ? { ...version, hash: 'new' } : version]),
    );
    for (let n = 0; n < 12; n += 1) collect(sums, attemptOf(form, n), n < 7 ? BANK : newer);
    const figures = quizFigures(sums, null);
    if (figures.isSmall) throw new Error('There are twelve people');
    const rows = figures.items.flatMap(row =>
      row.isSmall ? [] : [[row.version.id, row.version.hash, row.answers]],
    );
    expect(rows).to.deep.equal([
      ['A', 'h', 7],
      ['A', 'new', 5],
      ['B', 'h', 12],
      ['C', 'h', 12],
    ]);
  });

  it('leave what is on trial out of the points and out of the reliability, but hold it against them', () => {
    const sums = noSums();
    const onTrial = { ...unknownItem('T'), isTrial: true };
    const bank: AnalysedBank = new Map([...BANK, ['T', onTrial]]);
    for (let n = 0; n < 40; n += 1) {
      const chosen = [n % 2 ? 'a' : 'b', n % 3 ? 'a' : 'c', n % 5 ? 'a' : null];
      const attempt = attemptOf({ items: ['A', 'B', 'C'], chosen, part: false }, n);
      const trial = { itemId: 'T', points: n % 2 ? 100 : 0, trial: true as const };
      collect(sums, { ...attempt, slots: [trial, ...attempt.slots], answers: [] }, bank);
    }
    const figures = quizFigures(sums, null);
    if (figures.isSmall) throw new Error('There are forty people');
    expect(figures.questions).to.equal(3);
    expect(figures.reliability.kind).to.equal('kr20');
    const row = figures.items.find(({ version }) => version.isTrial);
    expect(row?.isSmall === false && row.discrimination.value).to.be.above(0.4);
  });

  it('leave the case of a final out of the points, but hold it against them', () => {
    const sums = noSums();
    const bank: AnalysedBank = new Map([...BANK, ['EX-S1', { ...unknownItem('EX-S1'), isCase: true }]]);
    for (let n = 0; n < 40; n += 1) {
      const chosen = [n % 2 ? 'a' : 'b', n % 3 ? 'a' : 'c', n % 5 ? 'a' : null];
      const attempt = attemptOf({ items: ['A', 'B', 'C'], chosen, part: false }, n);
      const ofCase = { itemId: 'EX-S1', points: n % 2 ? 100 : 40, judgement: 'concern', case: { steps: [] } };
      const decided = { slot: 4, at: 1_100_000, response: { path: ['a'] } };
      collect(
        sums,
        { ...attempt, slots: [...attempt.slots, ofCase], answers: [...attempt.answers, decided] },
        bank,
      );
    }
    const figures = quizFigures(sums, null);
    if (figures.isSmall) throw new Error('There are forty people');
    expect(figures.questions).to.equal(3);
    expect(figures.reliability.kind).to.equal('kr20');
    const row = figures.items.find(({ version }) => version.id === 'EX-S1');
    if (!row || row.isSmall) throw new Error('Forty people met the case');
    const totals = Array.from(
      { length: 40 },
      (_, n) => (n % 2 ? 100 : 0) + (n % 3 ? 100 : 0) + (n % 5 ? 100 : 0),
    );
    near(
      row.discrimination,
      correlationOf(
        totals,
        Array.from({ length: 40 }, (_, n) => (n % 2 ? 100 : 40)),
      ),
    );
    expect(row.median.reason).to.equal('many-steps');
    expect(row.timed).to.equal(0);
  });
});

function agrees(item: { isSmall: false } & ItemFigures, forms: readonly Taken[]): void {
  const met = forms.flatMap(form => {
    const at = form.items.indexOf(item.version.id);
    const points = pointsOf(form);
    return at === -1
      ? []
      : { own: points[at] ?? 0, rest: sumOf(points) - (points[at] ?? 0), letter: form.chosen[at] };
  });
  const [own, rest] = [met.map(each => each.own), met.map(each => each.rest)];
  expect(item.answers).to.equal(met.length);
  near(item.facility, meanOf(own) / 100);
  near(item.deviation, Math.sqrt(varianceOf(own)) / 100);
  if (item.discrimination.value !== null) near(item.discrimination, correlationOf(own, rest));
  else expect(Math.min(varianceOf(own), varianceOf(rest))).to.be.lessThan(1e-9);
  if (item.efficiency.value !== null) {
    near(item.efficiency, covarianceOf(own, rest) / covarianceOf(ascending(own), ascending(rest)));
  }
  for (const { id, all } of item.choices) {
    const times = met.filter(({ letter }) => letter === id).length;
    expect(all.of).to.equal(met.length);
    if (all.count !== null)
      expect(all.count)
        .to.equal(times)
        .and.to.satisfy((n: number) => n === 0 || n >= 5);
    else expect(times).to.be.greaterThan(0);
  }
}

function near({ value, reason }: Figure, expected: number): void {
  if (value === null) expect(Number.isFinite(expected), `${reason} for ${expected}`).to.equal(false);
  else expect(value).to.be.closeTo(expected, 1e-9 * Math.max(1, Math.abs(expected)));
}
