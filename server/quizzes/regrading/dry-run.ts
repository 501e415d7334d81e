import { gradeForm, type GradedForm, type Quiz } from '../quiz.js';
import type { HandedIn } from './submitted-attempts.js';
import { changeOf, type Change, type Result } from './impact.js';

/** What a regrade would do to one attempt; `slots` is the result as it is stored. */
export interface DryRun {
  readonly change: Change;
  readonly before: Result;
  readonly found: Result;
  readonly slots: GradedForm['slots'];
}

/**
 * An attempt graded anew with the quiz as rulings want it. Made of nothing but the attempt, its answers and the quiz:
 * submission, preview, regrade and result page all grade with the same function, so none can say what another does not.
 */
export function dryRun(
  { form, kept, before }: Pick<HandedIn, 'form' | 'kept' | 'before'>,
  ruled: Quiz,
  policy: { readonly withdraw: boolean },
): DryRun {
  const { slots, total } = gradeForm(ruled, form, kept);
  const { points, maxPoints, right, passed } = total;
  const found = { points, maxPoints, right, passed };
  return { change: changeOf(before, found, policy), before, found, slots };
}
