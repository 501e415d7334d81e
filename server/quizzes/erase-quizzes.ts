import { eraseRows, type PersonIds } from '../db/personal-data.js';
import { rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import { changeCounted } from './item-analysis/kept/counted-quizzes.js';
import { REPORT_FIELDS } from '../questions/types/report/report-record.js';
import { quizData } from './quiz-data.js';
import { Attempt, AttemptAnswer } from './tables.js';

const OPEN = sql`select id from ${Attempt} where user_id = $1 and submitted_at is null`;

const REPORTS = sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'sequence', 'response')}
  from ${AttemptAnswer} w join ${Attempt} a on a.id = w.attempt_id
  where a.user_id = $1 and w.response like '%"told"%' or a.user_id = $1 and w.response like '%"behaviour"%'`;

/**
 * Erase what somebody wrote in quizzes, and the try that they left open. Which answers were chosen stays, under a number:
 * a ruling on a question may still change a result, and the figures of questions rest on them. Throws `PutOff` while these are
 * counted anew.
 */
export const eraseQuizzes = (whose: PersonIds, now: number): Promise<void> =>
  inTransaction(async () => {
    const { userId } = whose;
    if (userId === null) return;
    // Whoever left a try open and handed a later one in counts from the later one now; of a void question the words count.
    await changeCounted(userId, now, () => eraseTries(userId));
    await eraseRows(quizData, whose);
  });

async function eraseTries(userId: string): Promise<void> {
  await rows(sql`delete from ${AttemptAnswer} where attempt_id in (${OPEN})`, [userId]);
  await rows(sql`delete from ${Attempt} where user_id = $1 and submitted_at is null`, [userId]);
  await rows(sql`update ${Attempt} set job = null where user_id = $1`, [userId]);
  for (const { attemptId, slot, sequence, response } of await rows(REPORTS, [userId]))
    await rows(
      sql`update ${AttemptAnswer} set response = $4 where attempt_id = $1 and slot = $2 and sequence = $3`,
      [attemptId, slot, sequence, withoutTexts(response)],
    );
}

/** An answer without the fields of a record, in which people write. */
const withoutTexts = (response: string): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(JSON.parse(response) as Record<string, unknown>).map(([name, value]) => [
        name,
        (REPORT_FIELDS as readonly string[]).includes(name) ? '' : value,
      ]),
    ),
  );
