import { defined, undefinedFor, type Figure } from './figure.js';
import { variance, type Moments } from './moments.js';

/**
 * What a form's reliability was counted from. `kr20` and `alpha`: everybody had the same questions, marked right
 * or wrong, or with part points. `drawn`: forms were drawn from a bank, and the places of the form stand in for
 * its questions.
 */
export type ReliabilityKind = 'kr20' | 'alpha' | 'drawn';

export interface Reliability {
  readonly kind: ReliabilityKind;
  readonly value: Figure;
}

/** Sums over the attempts at one quiz. */
export interface FormSums {
  readonly attempts: number;
  /** Points in each place of the form. */
  readonly places: readonly Moments[];
  /** Points of each item, in whatever place. */
  readonly items: readonly Moments[];
  readonly totals: Moments;
  /** Was every answer wholly right or wholly wrong? */
  readonly isRightOrWrong: boolean;
}

/**
 * Internal consistency of a quiz. Where all forms hold the same items it is Cronbach's alpha over the items, which
 * for right-or-wrong marks is Kuder and Richardson's formula 20.
 *
 * Alpha needs everybody's points on every item, and forms that are drawn do not have that. Two ways were open.
 * Alpha from the covariances of pairs of items that were met together describes a test in which the differences
 * between easy and hard forms are taken out; but the pass mark counts raw right answers, whatever form was
 * drawn, so those differences are error to the learner. Therefore, as Moodle's "coefficient of internal
 * consistency" does for random questions, alpha is counted over the places of the form: luck of the draw counts
 * as error, and the figure is lower than alpha of a fixed form of the same items. It answers "would another form
 * from this bank have put people in the same order and at the same height?". Forms are shuffled, so a place has no
 * meaning of its own, and with shuffled places it estimates the generalizability coefficient for items nested
 * in persons (Cronbach, Rajaratnam, Gleser 1963). Promises make drawn forms more alike than chance would, which the places
 * do not show, so the true figure is, if anything, a little higher.
 */
export function reliability(sums: FormSums): Reliability {
  const { attempts, places, items, totals, isRightOrWrong } = sums;
  const isComplete = items.length === places.length && items.every(({ n }) => n === attempts);
  const kind = !isComplete ? 'drawn' : isRightOrWrong ? 'kr20' : 'alpha';
  if (places.some(({ n }) => n !== attempts)) return { kind, value: undefinedFor('lengths-differ') };
  return { kind, value: alpha(isComplete ? items : places, totals) };
}

/**
 * Cronbach's alpha (Cronbach 1951): k / (k − 1) × (1 − Σ var(part) / var(total)). At most 1; below 0 when the parts
 * go against each other.
 */
export function alpha(parts: readonly Moments[], totals: Moments): Figure {
  const whole = variance(totals);
  if (whole.value === null) return whole;
  const k = parts.length;
  if (k < 2) return undefinedFor('one-question');
  if (whole.value === 0) return undefinedFor('no-spread');
  const sum = parts.reduce((total, part) => total + (variance(part).value ?? 0), 0);
  return defined((k / (k - 1)) * (1 - sum / whole.value));
}

/**
 * Standard error of measurement, in the unit of the totals: s × √(1 − r) (Lord and Novick 1968, ch. 3). How far a
 * person's result would scatter over forms like this one. Not defined for a negative r, which is no share of a
 * variance.
 */
export function standardError(totals: Moments, { value }: Reliability): Figure {
  const spread = variance(totals);
  if (spread.value === null) return spread;
  if (value.value === null) return undefinedFor('no-reliability');
  if (value.value < 0) return undefinedFor('below-nothing');
  return defined(Math.sqrt(spread.value * (1 - value.value)));
}
