import { courseVersion } from '../../courses/catalogue.js';
import { rows } from '../../db/rows.js';
import { LONGEST_PAUSE } from './limits.js';
import { findAttempt, submitAttempt } from './attempts.js';
import { quizOf } from '../quiz.js';

/** How many are closed before the next ones are looked for. */
const BATCH = 100;

/**
 * Close every attempt whose time is over, with what was saved in it, the way its learner would have handed it in.
 * One that cannot be closed does not hold up the others, and is told at the end. Returns how many this call closed.
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
  const found = await rows<{ id: string }>(
    `select id from attempts
     where submitted_at is null and deadline_at is not null and id > $2
       and deadline_at + grace_ms + case when paused_at is null then 0 else $4 - paused_ms end < $1
     order by id limit $3`,
    // A pause that nobody ends is used up in the end: from then on the time runs.
    [now, after, BATCH, LONGEST_PAUSE],
  );
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
