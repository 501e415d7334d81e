import { defined, undefinedFor, type Figure } from './figure.js';

/** How many answers, counted back from the newest, are set against all earlier ones. */
export const LATEST_ANSWERS = 50;
/** Fewer earlier answers than this say nothing of what was usual. */
const ENOUGH_BEFORE = 30;

/** Right answers in the order they came: the newest ones singly, the earlier ones as two counts. */
export interface AnswerHistory {
  /** The last `LATEST_ANSWERS` answers, as a ring buffer. */
  readonly latest: boolean[];
  next: number;
  before: number;
  rightBefore: number;
}

export const noAnswerHistory = (): AnswerHistory => ({ latest: [], next: 0, before: 0, rightBefore: 0 });

/** Answers come in the order of time. */
export function addAnswer(course: AnswerHistory, isRight: boolean): void {
  const leaving = course.latest[course.next];
  if (leaving !== undefined) {
    course.before += 1;
    course.rightBefore += leaving ? 1 : 0;
  }
  course.latest[course.next] = isRight;
  course.next = (course.next + 1) % LATEST_ANSWERS;
}

/**
 * Has an item become easier all at once? z of two proportions with a pooled share p: (p₂ − p₁) / √(p (1 − p)
 * (1/n₁ + 1/n₂)) (NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3); p₂ is the share of wholly right answers
 * among the last 50, p₁ among all earlier ones. Positive: easier now.
 */
export function jump({ latest, before, rightBefore }: AnswerHistory): Figure {
  if (latest.length < LATEST_ANSWERS || before < ENOUGH_BEFORE) return undefinedFor('few-before');
  const right = latest.filter(Boolean).length;
  return twoProportions({ right, of: latest.length }, { right: rightBefore, of: before });
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
