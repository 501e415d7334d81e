import type { Quiz } from '../../quiz-model.js';
import { gradeForm, type GradedForm } from '../../quiz.js';
import { changeOf, type RegradeChange, type AttemptResult } from './impact.js';
import type { SubmittedAttempt } from './submitted-attempts.js';

/** What a regrade would do to one attempt; `slots` is the result as it is stored. */
export interface DryRun {
  readonly change: RegradeChange;
  readonly before: AttemptResult;
  readonly found: AttemptResult;
  readonly slots: GradedForm['slots'];
}

/** A regrade that would change something, or keep a pass that now fails. */
export type ChangingRun = DryRun & { readonly change: Exclude<RegradeChange, 'same'> };

export const isChanging = (run: DryRun): run is ChangingRun => run.change !== 'same';

/**
 * An attempt graded again with the quiz under its rulings. It depends on nothing but the attempt, its answers and the
 * quiz: submission, preview, regrade and result page all grade with the same function, so they cannot disagree.
 */
export function dryRun(
  { form, job, kept, before }: Pick<SubmittedAttempt, 'form' | 'job' | 'kept' | 'before'>,
  ruled: Quiz,
  policy: { readonly withdraw: boolean },
): DryRun {
  const { slots, total } = gradeForm({ ...ruled, job }, form, kept);
  const { points, maxPoints, right, passed } = total;
  const found = { points, maxPoints, right, passed };
  // A pass of practice opened nothing, so there is nothing to withdraw.
  const withdraw = policy.withdraw && !ruled.practice;
  return { change: changeOf(before, found, { withdraw }), before, found, slots };
}
