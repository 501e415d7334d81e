import { defined, undefinedFor, type Figure } from './figure.js';

/** How many answers, counted back from the newest, are set against all earlier ones. */
export const LATEST_ANSWERS = 50;
/** Fewer earlier answers than this say nothing of what was usual. */
const ENOUGH_BEFORE = 30;

/** Right answers: of all, and the newest ones singly. */
export interface AnswerHistory {
  readonly answers: number;
  readonly right: number;
  /** Of the newest answers, in any order. */
  readonly latest: readonly boolean[];
}

/**
 * Has an item become easier all at once? z of two proportions with a pooled share p: (p₂ − p₁) / √(p (1 − p)
 * (1/n₁ + 1/n₂)) (NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3); p₂ is the share of wholly right answers
 * among the last 50, p₁ among all earlier ones. Positive: easier now.
 */
export function jump({ answers, right, latest }: AnswerHistory): Figure {
  const before = answers - latest.length;
  if (latest.length < LATEST_ANSWERS || before < ENOUGH_BEFORE) return undefinedFor('few-before');
  const now = latest.filter(Boolean).length;
  return twoProportions({ right: now, of: latest.length }, { right: right - now, of: before });
}

export function twoProportions(
  now: { right: number; of: number },
  before: { right: number; of: number },
): Figure {
  const pooled = (now.right + before.right) / (now.of + before.of);
  if (pooled === 0 || pooled === 1) return undefinedFor('no-spread');
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / now.of + 1 / before.of));
  return defined((now.right / now.of - before.right / before.of) / error);
}
