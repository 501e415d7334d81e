import { courseVersion } from '../../../courses/catalogue.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { MAX_PAUSE } from '../limits.js';
import { findAttempt } from '../attempts.js';
import { submitAttempt } from '../submit.js';
import { quizOf } from '../../quiz.js';
import { Attempt } from '../../tables.js';

/** How many are closed before the next ones are looked up. */
const BATCH = 100;

/** Once the longest pause is used up, the clock runs again although nobody ended the pause. */
const OVERDUE = sql`select ${columns(Attempt, 'a', 'id')} from ${Attempt} a
  where a.submitted_at is null and a.deadline_at is not null and a.id > $2
    and a.deadline_at + a.grace_ms + case when a.paused_at is null then 0 else $3 - a.paused_ms end < $1
  order by a.id limit ${BATCH}`;

/**
 * Submit every attempt whose time is over, with what was saved in it, as its learner would have done. One that cannot be
 * submitted does not hold up the others and is reported at the end. Returns how many this call submitted.
 */
export async function closeOverdue(now: number): Promise<number> {
  const problems: unknown[] = [];
  let closed = 0;
  for (let after = ''; ;) {
    const found = await overdue(now, after);
    for (const id of found) {
      try {
        if (await close(id, now)) closed += 1;
      } catch (problem) {
        problems.push(problem);
      }
    }
    const last = found.at(-1);
    if (found.length < BATCH || last === undefined) break;
    after = last;
  }
  if (problems.length > 0)
    throw new AggregateError(problems, `${problems.length} attempts could not be closed`);
  return closed;
}

async function overdue(now: number, after: string): Promise<string[]> {
  const found = await rows(OVERDUE, [now, after, MAX_PAUSE]);
  return found.map(({ id }) => id);
}

async function close(id: string, now: number): Promise<boolean> {
  const attempt = await findAttempt(id);
  if (!attempt) return false;
  const { snapshot } = await courseVersion(attempt.courseVersionId);
  const quiz = quizOf(snapshot, attempt.quiz);
  if (!quiz) throw new Error(`There is no quiz ${attempt.quiz} in the course of attempt ${id}`);
  return submitAttempt(attempt, quiz, now);
}
