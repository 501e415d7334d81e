/** The 97.5th percentile of the standard normal distribution: 95 % lie between it and its negative. */
export const Z_95 = 1.959964;

/** The density of the standard normal distribution. */
export const normalDensity = (z: number): number => Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);

/** Within this distance of a half, one fraction serves; beyond it, another. */
const MIDDLE = 0.425;

/**
 * The value below which a share `p` of the standard normal distribution lies, to about seven digits (Wichura 1988,
 * "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37, 477–484, routine PPND7).
 * Throws RangeError for a share that is not between 1e-10 and 1 − 1e-10.
 */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  if (!(tail >= 1e-10)) throw new RangeError(`${p} has no normal quantile here`);
  const q = p - 0.5;
  return Math.abs(q) <= MIDDLE ? inMiddle(q) : Math.sign(q) * inTail(tail);
}

function inMiddle(q: number): number {
  const r = MIDDLE ** 2 - q ** 2;
  const top = polynomial(r, [3.3871327179, 50.434271938, 159.29113202, 59.10937472]);
  return (q * top) / polynomial(r, [1, 17.895169469, 78.757757664, 67.1875636]);
}

function inTail(p: number): number {
  const r = Math.sqrt(-Math.log(p)) - 1.6;
  const top = polynomial(r, [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103]);
  return top / polynomial(r, [1, 0.7370016425, 0.12021132975]);
}

/** The coefficients stand from the constant upwards. */
const polynomial = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduceRight((sum, each) => sum * x + each, 0);
