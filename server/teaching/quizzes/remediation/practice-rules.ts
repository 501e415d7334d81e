import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, sql } from '../../../platform/db/sql.js';
import { PracticeRun } from '../../learning/tables.js';
import { Attempt, RemediationPractice } from '../tables.js';
import { missedIn } from './missed-rules.js';

const MISSED = sql`select ${columns(Attempt, 'a', 'id')}, ${notNull(columns(Attempt, 'a', 'result'))}
  from ${PracticeRun} p join ${Attempt} a on a.cycle_id = p.cycle_id and a.quiz = p.quiz
  where p.cycle_id = $1 and a.submitted_at is not null and not a.passed order by a.submitted_at, a.id`;

const DONE = sql`select ${columns(RemediationPractice, 'r', 'attemptId', 'rule')}
  from ${RemediationPractice} r join ${Attempt} a on a.id = r.attempt_id where a.cycle_id = $1`;

/**
 * The safety rules that were missed in the practice quizzes of a cycle and not worked through since they were last missed, with
 * the attempt that missed each last. Practice holds nobody back, so a new attempt never takes a missed rule away.
 */
export async function rulesLeftOfPractice(cycleId: string): Promise<ReadonlyMap<string, string>> {
  const lastMissed = new Map<string, string>();
  for (const { id, result } of await rows(MISSED, [cycleId]))
    for (const rule of missedIn(result)) lastMissed.set(rule, id);
  if (lastMissed.size === 0) return lastMissed;
  for (const { attemptId, rule } of await rows(DONE, [cycleId]))
    if (lastMissed.get(rule) === attemptId) lastMissed.delete(rule);
  return lastMissed;
}
