import { normalDensity, normalQuantile, Z_95 } from './normal.js';

/** A measure with the interval that holds it with 95 % confidence, in standard deviations. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Answers by what they were given to: `yes` counts hits among signals, and false alarms among noise. */
export interface YesCount {
  readonly yes: number;
  readonly of: number;
}

export interface Sensitivity {
  /** d′, how well signal and noise are told apart: 0 is guessing, and the more the better. */
  readonly dPrime: Estimate;
  /** c, the leaning: below 0 to the answer yes, above 0 to the answer no. */
  readonly criterion: Estimate;
}

/**
 * Sensitivity and criterion of the equal-variance normal model (Green and Swets 1966): d′ = z(H) − z(F) and
 * c = −(z(H) + z(F)) / 2, where H is the share of hits and F that of false alarms. The answers of all people are taken
 * together, as if one person had given them.
 *
 * The shares are corrected log-linearly, (yes + 0.5) / (of + 1), so that they are never 0 or 1 (Hautus 1995, "Corrections
 * for extreme proportions and their biasing effects on estimated values of d′", Behavior Research Methods, Instruments, &
 * Computers 27, 46–51). The variance of d′ is that of Gourevitch and Galanter (1967, "A significance test for one
 * parameter isosensitivity functions", Psychometrika 32, 25–33): the sum over both shares of p (1 − p) / (n φ(z(p))²). c is
 * half the sum of the same two independent terms, so its variance is a quarter of that. Several answers of one person are
 * not quite independent, so the intervals are a little too narrow.
 */
export function sensitivity({ signal, noise }: { signal: YesCount; noise: YesCount }): Sensitivity {
  const [hits, alarms] = [corrected(signal), corrected(noise)];
  const deviation = Math.sqrt(hits.variance + alarms.variance);
  return {
    dPrime: measure(hits.z - alarms.z, deviation),
    criterion: measure(-(hits.z + alarms.z) / 2, deviation / 2),
  };
}

/** The z-score of a share after the correction, and its variance. */
function corrected({ yes, of }: YesCount): { z: number; variance: number } {
  const share = (yes + 0.5) / (of + 1);
  const z = normalQuantile(share);
  return { z, variance: (share * (1 - share)) / (of * normalDensity(z) ** 2) };
}

const measure = (value: number, deviation: number): Estimate => ({
  value,
  low: value - Z_95 * deviation,
  high: value + Z_95 * deviation,
});
