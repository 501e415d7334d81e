import type { Quiz } from '../quiz-model.js';
import type { AttemptFacts } from '../attempts/attempts.js';
import { lastRegradeOf } from './regrades.js';
import { underAll, type MadeRuling } from './ruling/active-rulings.js';

/** What an attempt's result page says about rulings on its questions. */
export interface Corrections {
  /** The quiz under all rulings so far: for explaining answers, not for grading this attempt. */
  readonly quiz: Quiz;
  /** The rulings on questions of this form, oldest first. */
  readonly rulings: readonly { readonly kind: 'void' | 'key' | 'accept'; readonly at: number }[];
  /** What a regrade did to the result, and when; null when none touched it. */
  readonly last: { readonly change: string; readonly at: number } | null;
}

/** `made`: all rulings on the quiz. Names no question: on a fail the page says that something was corrected, but not what. */
export async function correctionsOf(
  attempt: AttemptFacts,
  published: Quiz,
  made: readonly MadeRuling[],
): Promise<Corrections> {
  const { quiz, standing } = await underAll(published, attempt.courseVersionId, made);
  const ids = new Set(attempt.form.map(({ itemId }) => itemId));
  const rulings = [...standing.values()]
    .filter(({ itemId }) => ids.has(itemId))
    .flatMap(({ kind, createdAt: at }) => (kind === 'lift' ? [] : [{ kind, at }]));
  // Nothing is regraded without a ruling on its quiz.
  return { quiz, rulings, last: made.length === 0 ? null : await lastRegradeOf(attempt.id) };
}
