import { FULL_POINTS } from '../../../questions/question-type.js';
import { defined, undefinedFor, type Figure, type UndefinedReason } from './figure.js';
import { mean, variance, type Moments } from './moments.js';
import type { Reliability } from './reliability.js';

/** Fewer attempts than this say too little of how firm the decisions of a quiz are. */
export const ENOUGH_ATTEMPTS = 100;

/** What a pass is decided from: the points of all forms, how reliable they are, and where the pass mark stands. */
export interface PassedBy {
  readonly totals: Moments;
  readonly reliability: Reliability;
  /** Questions of a form that count. */
  readonly questions: number;
  /** Questions' worth of points that pass; null where there is no one pass mark. */
  readonly pass: number | null;
  /** Was every answer wholly right or wholly wrong? */
  readonly isRightOrWrong: boolean;
}

/** `agreement`: the share of people whom another form would pass or fail as this one did (p0). `kappa`: what of it is no chance. */
export interface DecisionConsistency {
  readonly agreement: Figure;
  readonly kappa: Figure;
}

/**
 * Whether another form from the same bank would decide the same, estimated from one administration (Livingston and Lewis
 * 1995, "Estimating the consistency and accuracy of classifications based on test scores", Journal of Educational
 * Measurement 32). True scores follow a beta distribution; errors are those of a test of as many equal right-or-wrong
 * questions as would be as reliable. Where questions are right or wrong and the reliability is KR-21, that is the
 * beta-binomial of Huynh (1976). Of the two shapes that Livingston and Lewis allow, the one with two parameters is fitted:
 * the third and fourth moment of a short form are mostly chance.
 *
 * Forms are drawn anew for everybody, which is what the binomial error supposes. It concerns the pass mark alone: an unsafe
 * answer or a failed case may decide otherwise. Not defined under 100 attempts, nor where nothing can be said of reliability.
 */
export function decisionConsistency(by: PassedBy): DecisionConsistency {
  const reason = whyUndefined(by);
  if (reason) return { agreement: undefinedFor(reason), kappa: undefinedFor(reason) };
  const { truth, length } = modelOf(by);
  const edge = edgeOf(by, length);
  const passing = truth.map(({ share, weight }) => ({ weight, chance: chanceAbove(edge, length, share) }));
  const both = sum(
    passing.map(({ weight, chance }) => weight * (chance * chance + (1 - chance) * (1 - chance))),
  );
  const passed = sum(passing.map(({ weight, chance }) => weight * chance));
  const byChance = passed * passed + (1 - passed) * (1 - passed);
  const kappa = byChance > 1 - 1e-9 ? undefinedFor('no-spread') : defined((both - byChance) / (1 - byChance));
  return { agreement: defined(Math.min(1, both)), kappa };
}

function whyUndefined({ totals, pass, reliability: { value } }: PassedBy): UndefinedReason | null {
  if (pass === null) return 'no-pass-mark';
  if (totals.n < ENOUGH_ATTEMPTS) return 'few-attempts';
  if (value.value === null) return 'no-reliability';
  if (value.value <= 0) return 'below-nothing';
  return value.value >= 1 ? 'no-spread' : null;
}

/** The distribution of true shares of the points, and the effective length of a form in right-or-wrong questions. */
function modelOf({ totals, reliability, questions }: PassedBy) {
  const most = questions * FULL_POINTS;
  const middle = (mean(totals).value ?? 0) / most;
  const spread = (variance(totals).value ?? 0) / most ** 2;
  const ofTruth = (reliability.value.value ?? 0) * spread;
  const length = Math.max(1, Math.round((middle * (1 - middle) - ofTruth) / (spread - ofTruth)));
  const size = (middle * (1 - middle)) / ofTruth - 1;
  return { truth: betaNodes(middle * size, (1 - middle) * size), length };
}

/** How finely true shares are told apart. */
const NODES = 500;

/** Shares with the weight of each in a beta distribution; by the angle whose sine squared they are, which tames steep ends. */
function betaNodes(a: number, b: number): { share: number; weight: number }[] {
  const angles = Array.from({ length: NODES }, (_, n) => ((n + 0.5) / NODES) * (Math.PI / 2));
  const logs = angles.map(x => (2 * a - 1) * Math.log(Math.sin(x)) + (2 * b - 1) * Math.log(Math.cos(x)));
  const top = Math.max(...logs);
  const weights = logs.map(log => Math.exp(log - top));
  const whole = sum(weights);
  return angles.map((x, n) => ({ share: Math.sin(x) ** 2, weight: (weights[n] ?? 0) / whole }));
}

/** The smallest step of a result, in questions: part points come in fifths of a question. */
const STEP = { whole: 1, part: 0.2 };

/** The edge between failing and passing on the effective length, half a step below the pass mark. */
function edgeOf({ pass, questions, isRightOrWrong }: PassedBy, length: number): number {
  const step = isRightOrWrong ? STEP.whole : STEP.part;
  return (((pass ?? 0) - step / 2) / questions) * length;
}

/**
 * The chance of a result above an edge with so many questions; the result that the edge cuts through counts in part. In logarithms:
 * that a person near the top has nothing right is too unlikely for a number.
 */
function chanceAbove(edge: number, length: number, share: number): number {
  let log = length * Math.log1p(-share);
  let above = 0;
  for (let right = 0; right <= length; right += 1) {
    above += Math.exp(log) * Math.min(1, Math.max(0, right + 0.5 - edge));
    log += Math.log(((length - right) / (right + 1)) * (share / (1 - share)));
  }
  return Math.min(1, above);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
