import { expect } from 'chai';
import type { ItemFigures } from '../../../../server/teaching/quizzes/item-analysis/figures/item-figures.js';
import { quizFigures } from '../../../../server/teaching/quizzes/item-analysis/figures/quiz-figures.js';
import { variance } from '../../../../server/teaching/quizzes/item-analysis/figures/moments.js';
import { alpha } from '../../../../server/teaching/quizzes/item-analysis/figures/reliability.js';
import { ATTITUDE, sumsOf, without, WUENSCH, type Matrix } from './published.js';

/** Numbers that others published, or that were computed from the same data with other programs. */
describe('item statistics against published numbers', () => {
  describe('of the attitude data', () => {
    const figures = figuresOf(ATTITUDE);
    const sums = sumsOf(ATTITUDE);

    it('variances and alpha as psych::alpha prints them', () => {
      const ofItems = [...sums.items.values()].map(({ pairs }) => variance(pairs.x).value ?? NaN);
      expect(ofItems.reduce((a, b) => a + b, 0).toFixed(1)).to.equal('924.8');
      expect(variance(sums.totals).value?.toFixed(1)).to.equal('3334.9');
      expect(figures.reliability.kind).to.equal('alpha');
      expect(figures.reliability.value.value?.toFixed(3)).to.equal('0.843');
    });

    it('alpha without each item as psych::alpha prints it', () => {
      const published = ['0.810', '0.797', '0.828', '0.803', '0.795', '0.864', '0.840'];
      const found = ATTITUDE.items.map(name => {
        const rest = sumsOf(without(ATTITUDE, name));
        return alpha(rest.places, rest.totals).value?.toFixed(3);
      });
      expect(found).to.deep.equal(published);
    });

    it('means, deviations and corrected correlations (mean, sd and r.drop of psych::alpha)', () => {
      const published = {
        rating: [65, 12.2, 0.67],
        complaints: [67, 13.3, 0.74],
        privileges: [53, 12.2, 0.56],
        learning: [56, 11.7, 0.71],
        raises: [65, 10.4, 0.79],
        critical: [75, 9.9, 0.27],
        advance: [43, 10.3, 0.46],
      };
      const found = figures.items.map(({ version, facility, deviation, discrimination }) => [
        version.id,
        [
          Math.round((facility.value ?? 0) * 100),
          rounded((deviation.value ?? 0) * 100, 1),
          rounded(discrimination.value, 2),
        ],
      ]);
      expect(Object.fromEntries(found)).to.deep.equal(published);
    });

    it('to six digits as NumPy counts them (corrcoef; cov over cov of the sorted columns)', () => {
      const numpy = {
        rating: [0.671262, 0.69316],
        complaints: [0.74211, 0.749537],
        privileges: [0.560711, 0.576019],
        learning: [0.714445, 0.725005],
        raises: [0.786276, 0.802252],
        critical: [0.265034, 0.280445],
        advance: [0.460811, 0.501369],
      };
      const found = figures.items.map(({ version, discrimination, efficiency }) => [
        version.id,
        [rounded(discrimination.value, 6), rounded(efficiency.value, 6)],
      ]);
      expect(Object.fromEntries(found)).to.deep.equal(numpy);
      // 22.871421 points of 700, told in questions.
      expect(rounded(figures.standardError.value, 6)).to.equal(0.228714);
    });
  });

  describe('of ten students with ten questions', () => {
    const figures = figuresOf(WUENSCH);

    it('p and the variance of the totals as worked out by hand', () => {
      const p = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6];
      const byName = new Map(figures.items.map(item => [item.version.id, item.facility.value]));
      expect(WUENSCH.items.map(item => byName.get(item))).to.deep.equal(p);
      // By hand with n below the line: 5.84. Ours has n − 1 there.
      const { totals } = sumsOf(WUENSCH);
      expect(rounded(variance(totals).value, 6)).to.equal(rounded((5.84 * 10 * 100 * 100) / 9, 6));
    });

    it('KR-20 from the hand-made sum of p × q, 2.18', () => {
      expect(figures.reliability.kind).to.equal('kr20');
      expect(rounded(figures.reliability.value.value, 9)).to.equal(rounded((10 / 9) * (1 - 2.18 / 5.84), 9));
    });
  });
});

function figuresOf(matrix: Matrix) {
  const figures = quizFigures(sumsOf(matrix), null);
  if (figures.isSmall) throw new Error('There are enough people');
  return { ...figures, items: figures.items.filter((item): item is Large => !item.isSmall) };
}

type Large = { isSmall: false } & ItemFigures;

function rounded(value: number | null, digits: number): number {
  return Number((value ?? NaN).toFixed(digits));
}
