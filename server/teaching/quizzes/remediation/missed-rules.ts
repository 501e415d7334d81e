import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { GradedForm } from '../quiz.js';
import { Attempt } from '../tables.js';
import { missedRules } from './rules.js';

/**
 * The safety rules that a stored result missed. Whatever holds a learner up, and the page where it is worked through, asks this and
 * never grades anew: a later release may grade otherwise, and what was missed stays what the learner was told.
 */
export const missedIn = (result: string): string[] =>
  missedRules({ slots: JSON.parse(result) as GradedForm['slots'] });

const RESULT = sql`select ${columns(Attempt, 'a', 'result')} from ${Attempt} a where a.id = $1`;

/** The safety rules that a submitted attempt missed. */
export async function rulesMissedAt(attemptId: string): Promise<string[]> {
  const stored = await row(RESULT, [attemptId]);
  return missedIn(stored?.result ?? '[]');
}
