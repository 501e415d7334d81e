import { expect } from 'chai';
import { seededRandom, type Random } from '../../../../../server/teaching/quizzes/drawing/seeded-random.js';
import {
  decisionConsistency,
  type PassedBy,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/decision-consistency.js';
import {
  defined,
  undefinedFor,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/figure.js';
import { addTo, noMoments } from '../../../../../server/teaching/quizzes/item-analysis/figures/moments.js';
import { alphaOf, meanOf, sumOf } from '../longhand.js';

/** What is known of a thousand forms, from the mean and the standard deviation (in questions) and KR-21. */
function summary({ questions, pass, mean, sd }: Record<'questions' | 'pass' | 'mean' | 'sd', number>) {
  const n = 1000;
  const kr21 = (questions / (questions - 1)) * (1 - (mean * (questions - mean)) / (questions * sd ** 2));
  const squares = n * (mean * 100) ** 2 + (n - 1) * (sd * 100) ** 2;
  const by: PassedBy = {
    totals: { n, sum: n * mean * 100, squares },
    reliability: { kind: 'drawn', value: defined(kr21) },
    questions,
    pass,
    isRightOrWrong: true,
  };
  return by;
}

const GOOD = summary({ questions: 10, pass: 8, mean: 7.6, sd: 1.8 });

describe('decision consistency', () => {
  it('agrees with Huynh’s joint distribution of two forms, as SciPy computes it from beta functions', () => {
    const published = [
      { questions: 10, pass: 8, mean: 7.6, sd: 1.8, agreement: 0.679664, kappa: 0.344524 },
      { questions: 6, pass: 5, mean: 4.5, sd: 1.3, agreement: 0.650654, kappa: 0.290968 },
      { questions: 20, pass: 16, mean: 15.2, sd: 3.1, agreement: 0.73365, kappa: 0.466766 },
      { questions: 16, pass: 13, mean: 14.6, sd: 1.5, agreement: 0.874588, kappa: 0.279435 },
    ];
    for (const { agreement, kappa, ...form } of published) {
      const found = decisionConsistency(summary(form));
      expect(found.agreement.value).to.be.closeTo(agreement, 1e-5);
      expect(found.kappa.value).to.be.closeTo(kappa, 1e-5);
    }
  });

  it('is the same for long firm tests of people near the top as for their mirror image near the bottom', () => {
    for (const sd of [4, 6, 8]) {
      const top = decisionConsistency(summary({ questions: 100, pass: 80, mean: 95, sd }));
      const bottom = decisionConsistency(summary({ questions: 100, pass: 21, mean: 5, sd }));
      expect(top.agreement.value).to.be.closeTo(bottom.agreement.value ?? NaN, 1e-9);
      expect(top.kappa.value).to.be.closeTo(bottom.kappa.value ?? NaN, 1e-9);
    }
  });

  for (const hasParts of [false, true])
    it(`foresees what a second form decides, drawn from a bank of uneven questions ${hasParts ? 'with part points' : 'that are right or wrong'}`, () => {
      for (const ease of [0.5, 1.5]) {
        const { first, second } = twoFormsEach({ people: 4000, ease, hasParts });
        const found = decisionConsistency(knownOf(first, hasParts));
        const truth = decidedAlike(first, second);
        expect(found.agreement.value).to.be.closeTo(truth.agreement, 0.03);
        expect(found.kappa.value).to.be.closeTo(truth.kappa, 0.06);
      }
    });

  it('is not told of too few attempts, without one pass mark, or where nothing is known of reliability', () => {
    const reasons = (changes: Partial<PassedBy>) => {
      const { agreement, kappa } = decisionConsistency({ ...GOOD, ...changes });
      expect(agreement).to.deep.equal(kappa);
      return agreement.reason;
    };
    expect(reasons({ totals: { ...GOOD.totals, n: 99 } })).to.equal('few-attempts');
    expect(reasons({ pass: null })).to.equal('no-pass-mark');
    const reliability = (value: PassedBy['reliability']['value']) => ({ kind: 'drawn' as const, value });
    expect(reasons({ reliability: reliability(undefinedFor('no-spread')) })).to.equal('no-reliability');
    expect(reasons({ reliability: reliability(defined(-0.1)) })).to.equal('below-nothing');
    expect(reasons({ reliability: reliability(defined(0)) })).to.equal('below-nothing');
    expect(reasons({ reliability: reliability(defined(1)) })).to.equal('no-spread');
  });

  it('is always a share, and no kappa is told where everybody passes', () => {
    for (const mean of [0.4, 3, 9.7, 9.99])
      for (const reliability of [0.001, 0.5, 0.99]) {
        const { totals } = summary({ questions: 10, pass: 8, mean, sd: 0.3 });
        const value = { kind: 'drawn' as const, value: defined(reliability) };
        const { agreement, kappa } = decisionConsistency({ ...GOOD, totals, reliability: value });
        expect(agreement.value).to.be.within(0, 1);
        if (kappa.value !== null) expect(kappa.value).to.be.within(-1, 1);
      }
  });
});

const BANK = 60;
const DRAWN = 10;
const PASS = 8;

/** The points of people on two forms, each drawn anew from a bank whose questions are not equally hard. */
function twoFormsEach({ people, ease, hasParts }: { people: number; ease: number; hasParts: boolean }) {
  const random = seededRandom(`${ease} ${hasParts}`);
  const hardness = Array.from({ length: BANK }, () => 0.8 * normal(random));
  const rows = Array.from({ length: people }, () => {
    const ability = ease + normal(random);
    const form = () => drawn(random).map(at => answered(ability - (hardness[at] ?? 0), hasParts, random));
    return { first: form(), second: form() };
  });
  return { first: rows.map(({ first }) => first), second: rows.map(({ second }) => second) };
}

const share = (random: Random): number => random.below(1_000_000) / 1_000_000;
const normal = (random: Random): number => sumOf(Array.from({ length: 12 }, () => share(random))) - 6;

function drawn(random: Random): number[] {
  const left = Array.from({ length: BANK }, (_, at) => at);
  return Array.from({ length: DRAWN }, () => left.splice(random.below(left.length), 1)[0] ?? 0);
}

function answered(ahead: number, hasParts: boolean, random: Random): number {
  if (share(random) < 1 / (1 + Math.exp(-ahead))) return 100;
  const luck = share(random);
  return !hasParts || luck > 0.5 ? 0 : luck > 0.3 ? 40 : 60;
}

function knownOf(people: readonly number[][], hasParts: boolean): PassedBy {
  const totals = noMoments();
  for (const row of people) addTo(totals, sumOf(row));
  const reliability = { kind: 'drawn' as const, value: defined(alphaOf(people)) };
  return { totals, reliability, questions: DRAWN, pass: PASS, isRightOrWrong: !hasParts };
}

function decidedAlike(first: readonly number[][], second: readonly number[][]) {
  const passed = (form: readonly number[] = []) => Number(sumOf(form) >= PASS * 100);
  const agreement = meanOf(first.map((form, at) => Number(passed(form) === passed(second[at]))));
  const [a, b] = [meanOf(first.map(passed)), meanOf(second.map(passed))];
  const byChance = a * b + (1 - a) * (1 - b);
  return { agreement, kappa: (agreement - byChance) / (1 - byChance) };
}
