import { courseVersion } from '../courses/catalogue.js';
import { eraseRows, type ErasedBy, type PersonIds } from '../../platform/db/personal-data.js';
import { listed, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { changeCounted } from './item-analysis/kept/counted-quizzes.js';
import type { Answer } from '../questions/answer.js';
import { withoutOwnWords } from '../questions/erased-answer.js';
import { jobNamed } from '../questions/jobs.js';
import { questionTypes } from '../questions/question-types.js';
import type { DrawnSlot } from './drawing/draw-form.js';
import { quizData } from './quiz-data.js';
import { itemIn, quizOf } from './quiz.js';
import { Attempt, AttemptAnswer } from './tables.js';

const OPEN = sql`select id from ${Attempt} where user_id = $1 and submitted_at is null`;

/** The fields in which people write, of all types of question. */
const writtenFields = (): string[] => [
  ...new Set(questionTypes.names.flatMap(name => questionTypes.named(name).ownWords)),
];

const answersWith =
  () => sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'sequence', 'response')},
    ${columns(Attempt, 'a', 'courseVersionId', 'quiz', 'form', 'job')}
  from ${AttemptAnswer} w join ${Attempt} a on a.id = w.attempt_id
  where a.user_id = $1 and exists (select 1 from ${listed(2)} as field where w.response like field.value ->> 0)`;

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
  const named = writtenFields().map(field => [`%"${field}":%`]);
  for (const record of await rows(answersWith(), [userId, JSON.stringify(named)])) {
    const { attemptId, slot, sequence } = record;
    await rows(
      sql`update ${AttemptAnswer} set response = $4 where attempt_id = $1 and slot = $2 and sequence = $3`,
      [attemptId, slot, sequence, JSON.stringify(await withoutWords(record))],
    );
  }
  await rows(sql`update ${Attempt} set job = null where user_id = $1`, [userId]);
}

/** An answer without its writer's words. A later regrade still finds its points. */
async function withoutWords(
  record: Pick<Row<typeof Attempt>, 'courseVersionId' | 'quiz' | 'form' | 'job'> &
    Pick<Row<typeof AttemptAnswer>, 'slot' | 'response'>,
): Promise<Answer> {
  const response = JSON.parse(record.response) as Answer;
  const { snapshot } = await courseVersion(record.courseVersionId);
  const quiz = quizOf(snapshot, record.quiz, jobNamed(record.job));
  const drawn = (JSON.parse(record.form) as DrawnSlot[])[record.slot - 1];
  if (!quiz || !drawn) return withoutOwnWords(response, writtenFields(), 0);
  const { item, type } = itemIn(quiz, drawn);
  if (type.ownWords.length === 0) return response;
  return withoutOwnWords(response, type.ownWords, type.grade(item, response));
}
