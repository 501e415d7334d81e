import { courseVersion } from '../courses/catalogue.js';
import { eraseRows, type ErasedBy, type PersonIds } from '../db/personal-data.js';
import { rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { changeCounted } from './item-analysis/kept/counted-quizzes.js';
import type { Answer } from '../questions/answer.js';
import { jobNamed } from '../questions/jobs.js';
import { erasedRecord } from '../questions/types/report/report-record.js';
import type { DrawnSlot } from './drawing/draw-form.js';
import { quizData } from './quiz-data.js';
import { itemIn, quizOf } from './quiz.js';
import { Attempt, AttemptAnswer } from './tables.js';

const OPEN = sql`select id from ${Attempt} where user_id = $1 and submitted_at is null`;

const REPORTS = sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'sequence', 'response')},
    ${columns(Attempt, 'a', 'courseVersionId', 'quiz', 'form', 'job')}
  from ${AttemptAnswer} w join ${Attempt} a on a.id = w.attempt_id
  where a.user_id = $1 and w.response like '%"told"%' or a.user_id = $1 and w.response like '%"behaviour"%'`;

/**
 * Erase what somebody wrote in quizzes, and the try that they left open. Which answers were chosen stays, under a number:
 * a ruling on a question may still change a result, and the figures of questions rest on them. Throws `PutOff` while these are
 * counted anew.
 */
export const eraseQuizzes = (whose: PersonIds, { now }: Pick<ErasedBy, 'now'>): Promise<void> =>
  inTransaction(async () => {
    const { userId } = whose;
    if (userId === null) return;
    // Whoever left a try open and handed a later one in counts from the later one now.
    await changeCounted(userId, now, () => eraseTries(userId));
    await eraseRows(quizData, whose);
  });

async function eraseTries(userId: string): Promise<void> {
  await rows(sql`delete from ${AttemptAnswer} where attempt_id in (${OPEN})`, [userId]);
  await rows(sql`delete from ${Attempt} where user_id = $1 and submitted_at is null`, [userId]);
  for (const record of await rows(REPORTS, [userId])) {
    const { attemptId, slot, sequence } = record;
    await rows(
      sql`update ${AttemptAnswer} set response = $4 where attempt_id = $1 and slot = $2 and sequence = $3`,
      [attemptId, slot, sequence, JSON.stringify(await withoutWords(record))],
    );
  }
  await rows(sql`update ${Attempt} set job = null where user_id = $1`, [userId]);
}

/** A record without what its writer wrote: whoever grades it again finds what it was worth. */
async function withoutWords(
  record: Pick<Row<typeof Attempt>, 'courseVersionId' | 'quiz' | 'form' | 'job'> &
    Pick<Row<typeof AttemptAnswer>, 'slot' | 'response'>,
): Promise<Answer> {
  const response = JSON.parse(record.response) as Answer;
  const { snapshot } = await courseVersion(record.courseVersionId);
  const quiz = quizOf(snapshot, record.quiz, jobNamed(record.job));
  const drawn = (JSON.parse(record.form) as DrawnSlot[])[record.slot - 1];
  if (!quiz || !drawn) return erasedRecord(response, 0);
  const { item, type } = itemIn(quiz, drawn);
  return erasedRecord(response, type.grade(item, response));
}
