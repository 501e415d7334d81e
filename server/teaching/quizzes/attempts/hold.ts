import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql, type Sql } from '../../../platform/db/sql.js';
import { flag, moment, nullable } from '../../../platform/db/table.js';
import { toHold } from '../../../platform/db/transaction.js';
import { NotFound } from '../../../errors.js';
import type { Kept } from '../quiz-model.js';
import { sharingRulings } from '../regrading/ruling/active-rulings.js';
import { ItemRuling } from '../regrading/tables.js';
import { Attempt, AttemptAnswer } from '../tables.js';
import { answerIn, answersIn, answersOf } from './attempts.js';
import type { Clock, Times } from './limits.js';

/** What changes of an attempt while it is open, with the answers that count. Times are epoch milliseconds. */
interface HeldAttempt extends Clock, Times {
  readonly submittedAt: number | null;
  readonly kept: readonly Kept[];
}

const held = <R>(more: Sql<R>) => sql`
  select ${columns(Attempt, 'h', 'startedAt', 'submittedAt', 'deadlineAt', 'pausedAt', 'pausedMs')},
    (select max(answered_at) from ${AttemptAnswer} where attempt_id = h.id) ${as('answeredAt', nullable(moment()))},
    ${more}
  from ${Attempt} h where h.id = $1`;

const HELD = held(answersOf(sql`h.id`));
const HELD_SLOT = held(answerIn(sql`h.id`, sql`$2`));
const HELD_TO_GRADE = held(sql`${answersOf(sql`h.id`)},
    exists (select 1 from ${ItemRuling} r where r.course_slug = $2 and r.quiz = h.quiz) ${as('isRuled', flag())}`);

/**
 * Reads an attempt's row and locks it until the transaction ends, so that two tabs take turns. `slot`: the only one whose answer is
 * needed. Throws NotFound.
 */
export async function holdAttempt(attemptId: string, slot?: number): Promise<HeldAttempt> {
  await lock(attemptId);
  return asHeld(await (slot === undefined ? row(HELD, [attemptId]) : row(HELD_SLOT, [attemptId, slot])));
}

/**
 * As `holdAttempt`, for whoever grades it: until the transaction ends no ruling comes into force. `isRuled`: there are rulings on
 * questions of its quiz.
 */
export async function holdToGrade(
  attemptId: string,
  courseSlug: string,
): Promise<HeldAttempt & { readonly isRuled: boolean | 0 | 1 }> {
  await lock(attemptId, sharingRulings());
  return asHeld(await row(HELD_TO_GRADE, [attemptId, courseSlug]));
}

/** A separate statement: in the one that waits for the lock PostgreSQL would read answers and rulings as of before it waited. */
async function lock(attemptId: string, more: Sql = { text: '' }): Promise<void> {
  const hold = toHold();
  if (hold.text) await rows(sql`select id${more} from ${Attempt} where id = $1${hold}`, [attemptId]);
}

function asHeld<R extends { readonly answers: string | null }>(
  found: R | null,
): Omit<R, 'answers'> & Pick<HeldAttempt, 'kept'> {
  if (!found) throw new NotFound('There is no such attempt');
  const { answers, ...facts } = found;
  return { ...facts, kept: answersIn(answers) };
}
