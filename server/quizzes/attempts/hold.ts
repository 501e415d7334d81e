import { row, rows } from '../../db/rows.js';
import { as, columns, orNull, sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { toHold } from '../../db/transaction.js';
import { NotFound } from '../../errors.js';
import type { Answer } from '../../questions/answer.js';
import type { Kept } from '../quiz-model.js';
import { Attempt, AttemptAnswer } from '../tables.js';
import type { Clock, Times } from './limits.js';

/** What changes of an attempt while it is open, with the answers that count. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
  readonly kept: readonly Kept[];
}

const HELD = sql`select ${columns(Attempt, 'a', 'startedAt', 'submittedAt', 'deadlineAt', 'pausedAt', 'pausedMs')}
  from ${Attempt} a where a.id = $1`;

/** When something was answered last, and the newest answer of each slot, or of the slot $2. */
const ANSWERS = sql`select n.answered_at ${as('answeredAt', nullable(moment()))},
    ${orNull(columns(AttemptAnswer, 'a', 'slot', 'sequence', 'response', 'confidence'))}
  from (select max(answered_at) as answered_at from ${AttemptAnswer} where attempt_id = $1) n
    left join ${AttemptAnswer} a on a.attempt_id = $1 and ($2 = 0 or a.slot = $2)
      and a.sequence = (select max(sequence) from ${AttemptAnswer} where attempt_id = $1 and slot = a.slot)
  order by a.slot`;

/**
 * Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. `slot`: the only one whose answer is
 * needed. Throws NotFound.
 */
export async function holdAttempt(attemptId: string, slot = 0): Promise<HeldAttempt> {
  const found = await row(sql`${HELD}${toHold()}`, [attemptId]);
  if (!found) throw new NotFound('There is no such attempt');
  // A separate statement: in a subquery PostgreSQL would read the answers as of before it waited for the lock.
  const answers = await rows(ANSWERS, [attemptId, slot]);
  const kept = answers.flatMap(({ slot, sequence, response, confidence }) =>
    slot === null || sequence === null || response === null
      ? []
      : { slot, sequence, confidence, response: JSON.parse(response) as Answer },
  );
  return { ...found, answeredAt: answers[0]?.answeredAt ?? null, kept };
}
