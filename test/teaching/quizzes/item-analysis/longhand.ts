/** Textbook definitions on whole columns, worked out the long way: nothing here comes from the product. */

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Σ(x − x̄)(y − ȳ) / (n − 1) */
export function covarianceOf(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [meanOf(xs), meanOf(ys)];
  return xs.reduce((sum, each, at) => sum + (each - x) * ((ys[at] ?? NaN) - y), 0) / (xs.length - 1);
}

export const varianceOf = (values: readonly number[]): number => covarianceOf(values, values);

export const correlationOf = (xs: readonly number[], ys: readonly number[]): number =>
  covarianceOf(xs, ys) / Math.sqrt(varianceOf(xs) * varianceOf(ys));

/**
 * Alpha from the points of all people on each place, by the covariances of pairs of places: k / (k − 1) × Σ cov(i, j) / var of
 * the sums, i ≠ j. The product counts it from the variances of the places instead.
 */
export function alphaOf(people: readonly (readonly number[])[]): number {
  const k = people[0]?.length ?? 0;
  const places = Array.from({ length: k }, (_, at) => people.map(row => row[at] ?? NaN));
  const between = places.flatMap((x, i) => places.filter((_, j) => i !== j).map(y => covarianceOf(x, y)));
  return ((k / (k - 1)) * sumOf(between)) / varianceOf(people.map(sumOf));
}

export const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value in the list such that the share `p` of all values is not above it. */
export const quantileOf = (values: readonly number[], p: number): number =>
  ascending(values).find((value, at) => (at + 1) / values.length >= p - 1e-12) ?? NaN;
