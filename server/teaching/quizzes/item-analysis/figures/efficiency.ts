import { defined, undefinedFor, type Figure } from './figure.js';
import type { Pairs } from './moments.js';

/** How often each value came. */
export type Histogram = ReadonlyMap<number, number>;

/**
 * Discriminative efficiency (Moodle, "Quiz statistics calculations"): cov(x, y) divided by the largest covariance
 * that the same points could have had, which they have when both are sorted. Unlike the correlation it does not
 * punish an item for being easy. At most 1. `x` and `y` are the histograms of the two sides of `pairs`.
 */
export function efficiency(pairs: Pairs, x: Histogram, y: Histogram): Figure {
  const { n } = pairs.x;
  if (n < 2) return undefinedFor(n === 0 ? 'no-answers' : 'one-answer');
  const crossed = pairs.x.sum * pairs.y.sum;
  const largest = n * sortedProducts(x, y) - crossed;
  if (largest === 0) return undefinedFor('no-spread');
  return defined((n * pairs.products - crossed) / largest);
}

/** Σ xᵢyᵢ with both sides in ascending order. */
function sortedProducts(x: Histogram, y: Histogram): number {
  const [left, right] = [ascending(x), ascending(y)];
  let sum = 0;
  let [a, b] = [left.shift(), right.shift()];
  while (a && b) {
    const together = Math.min(a.count, b.count);
    sum += together * a.value * b.value;
    a.count -= together;
    b.count -= together;
    if (a.count === 0) a = left.shift();
    if (b.count === 0) b = right.shift();
  }
  return sum;
}

const ascending = (histogram: Histogram): { value: number; count: number }[] =>
  [...histogram].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
