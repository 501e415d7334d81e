/** Why a figure is not there. Pages say it in words: `statistics.reason.<reason>`. */
export type UndefinedReason =
  | 'no-answers'
  | 'one-answer'
  | 'no-spread'
  | 'no-rest-spread'
  | 'one-question'
  | 'lengths-differ'
  | 'no-reliability'
  | 'few-attempts'
  | 'no-pass-mark'
  | 'below-nothing'
  | 'no-thirds'
  | 'tells-hidden'
  | 'no-times'
  | 'many-steps'
  | 'few-before'
  | 'no-chance';

/** A number, or the reason why there is none. */
export type Figure =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: UndefinedReason };

/** Throws RangeError for NaN and infinities: a formula of ours was used where it does not hold. */
export function defined(value: number): Figure {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no figure`);
  return { value, reason: null };
}

export const undefinedFor = (reason: UndefinedReason): Figure => ({ value: null, reason });

/** A figure in another unit. */
export const scaled = (figure: Figure, by: number): Figure =>
  figure.value === null ? figure : defined(figure.value / by);
