import { CourseVersion } from '../../../courses/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { as, columns, notNull, parameters, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { flag } from '../../../../platform/db/table.js';
import { toHold } from '../../../../platform/db/transaction.js';
import { Cycle } from '../../../learning/tables.js';
import { Attempt, AttemptAnswer } from '../../tables.js';

/** How many attempts are in memory at one time, where all of a quiz are counted. */
const BATCH = 500;

/** Did the same person begin this quiz of the course before? Where nobody ever begins earlier than now, that never changes. */
const begunBefore = (more: Sql): Sql => sql`exists (select 1 from ${Cycle} d
    join ${Attempt} b on b.cycle_id = d.id and b.quiz = a.quiz
    join ${CourseVersion} w on w.id = b.course_version_id
  where d.user_id = a.user_id and w.course_slug = v.course_slug and b.id <> a.id
    and (b.started_at, d.number, b.number, b.id) < (a.started_at, c.number, a.number, a.id) ${more})`;

const COLUMNS = sql`${columns(Attempt, 'a', 'id', 'organisationId', 'courseVersionId', 'quiz', 'number', 'startedAt', 'result')},
    ${notNull(columns(Attempt, 'a', 'submittedAt'))}, ${renamed(CourseVersion, 'v', { courseSlug: 'courseSlug', version: 'number' })},
    ${renamed(Cycle, 'c', { cycleNumber: 'number' })},
    ${begunBefore(sql``)} ${as('isAgain', flag())},
    ${begunBefore(sql`and b.course_version_id = a.course_version_id`)} ${as('isAgainInVersion', flag())}`;

const AROUND = sql`join ${CourseVersion} v on v.id = a.course_version_id join ${Cycle} c on c.id = a.cycle_id`;

const AFTER = sql`select ${COLUMNS} from (select * from ${Attempt} a
    where a.quiz = $2 and a.submitted_at is not null and (a.submitted_at, a.id) > ($3, $4)
      and a.course_version_id in (select id from ${CourseVersion} where course_slug = $1)
    order by a.submitted_at, a.id limit ${BATCH}) a ${AROUND} order by a.submitted_at, a.id`;

/** A submitted attempt, with what it is counted by. */
export type AttemptToCount = Awaited<ReturnType<typeof attemptsToCount>>[number];

const OF_PERSON = sql`select ${columns(Attempt, 'a', 'id')} from ${Attempt} a
  where a.user_id = $1 and a.submitted_at is not null order by a.id`;

/** Somebody's submitted attempts. Whoever changes a result of theirs waits until the transaction ends. */
export const heldAttemptsOf = async (userId: string): Promise<string[]> =>
  (await rows(sql`${OF_PERSON}${toHold()}`, [userId])).map(({ id }) => id);

/** These attempts, of those that were submitted. */
export const attemptsToCount = async (ids: readonly string[]) =>
  ids.length === 0
    ? []
    : rows(
        sql`select ${COLUMNS} from ${Attempt} a ${AROUND}
          where a.id in (${parameters(ids.length)}) and a.submitted_at is not null`,
        ids,
      );

/** All submitted attempts at a quiz, batch after batch, in the order of an index. */
export async function* allAttemptsToCount(
  courseSlug: string,
  quiz: string,
): AsyncGenerator<readonly AttemptToCount[]> {
  let [at, id] = [-1, ''];
  for (;;) {
    const batch = await rows(AFTER, [courseSlug, quiz, at, id]);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    [at, id] = [last.submittedAt, last.id];
  }
}

export type AnswerToCount = Awaited<ReturnType<typeof answersToCount>>[number];

/** The answers to these attempts, of each in the order of slots and sequences. */
export const answersToCount = (ids: readonly string[]) =>
  rows(
    sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'response', 'confidence')},
        ${renamed(AttemptAnswer, 'w', { at: 'answeredAt' })} from ${AttemptAnswer} w
      where w.attempt_id in (${parameters(ids.length)}) order by w.attempt_id, w.slot, w.sequence`,
    ids,
  );

const SUBJECTS = sql`select distinct ${columns(CourseVersion, 'v', 'courseSlug')}, ${columns(Attempt, 'a', 'quiz')}
  from ${Attempt} a join ${CourseVersion} v on v.id = a.course_version_id where a.submitted_at is not null`;

/** The quizzes that somebody has submitted. */
export const quizzesToCount = () => rows(SUBJECTS);
