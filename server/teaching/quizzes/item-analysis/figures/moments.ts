import { defined, undefinedFor, type Figure } from './figure.js';

/**
 * What is kept of a row of whole numbers: how many, their sum, the sum of their squares. Whole numbers stay
 * exact, so a row without spread has a variance of 0 and not of 10⁻¹⁷.
 */
export interface Moments {
  n: number;
  sum: number;
  squares: number;
}

/** Moments of pairs, with the sum of their products. */
export interface Pairs {
  readonly x: Moments;
  readonly y: Moments;
  products: number;
}

export const noMoments = (): Moments => ({ n: 0, sum: 0, squares: 0 });

export const noPairs = (): Pairs => ({ x: noMoments(), y: noMoments(), products: 0 });

export function addTo(moments: Moments, value: number): void {
  moments.n += 1;
  moments.sum += value;
  moments.squares += value * value;
}

export function addPair(pairs: Pairs, x: number, y: number): void {
  addTo(pairs.x, x);
  addTo(pairs.y, y);
  pairs.products += x * y;
}

export const mean = ({ n, sum }: Moments): Figure =>
  n === 0 ? undefinedFor('no-answers') : defined(sum / n);

/** The variance of the people these answers stand for: Σ(x − x̄)² / (n − 1), from sums. */
export function variance(moments: Moments): Figure {
  if (moments.n < 2) return tooFew(moments);
  return defined(spreadOf(moments) / (moments.n * (moments.n - 1)));
}

export function standardDeviation(moments: Moments): Figure {
  const found = variance(moments);
  return found.value === null ? found : defined(Math.sqrt(found.value));
}

/**
 * Pearson's correlation: cov(x, y) / √(var(x) var(y)). Between −1 and 1; of a right/wrong x it is the
 * point-biserial correlation.
 */
export function correlation({ x, y, products }: Pairs): Figure {
  if (x.n < 2) return tooFew(x);
  const [spreadX, spreadY] = [spreadOf(x), spreadOf(y)];
  if (spreadX === 0) return undefinedFor('no-spread');
  if (spreadY === 0) return undefinedFor('no-rest-spread');
  const r = (x.n * products - x.sum * y.sum) / (Math.sqrt(spreadX) * Math.sqrt(spreadY));
  return defined(Math.max(-1, Math.min(1, r)));
}

/** n Σx² − (Σx)², which is n (n − 1) times the variance. */
const spreadOf = ({ n, sum, squares }: Moments): number => n * squares - sum * sum;

const tooFew = ({ n }: Moments): Figure => undefinedFor(n === 0 ? 'no-answers' : 'one-answer');
