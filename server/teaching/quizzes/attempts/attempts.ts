import type { Confidence, Kept } from '../quiz-model.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, notNull, parameters, sql, type Sql } from '../../../platform/db/sql.js';
import { nullable, text, type Row } from '../../../platform/db/table.js';
import { QuizPass } from '../../learning/tables.js';
import { isId } from '../../../platform/lib/ids.js';
import type { Answer } from '../../questions/answer.js';
import { jobNamed, type JobName } from '../../questions/jobs.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { Attempt, AttemptAnswer } from '../tables.js';

/** An attempt, as verbs and routes pass it around. Times are epoch milliseconds. */
export type AttemptFacts = Readonly<
  Omit<Row<typeof Attempt>, 'form' | 'job' | 'passed' | 'maxPoints' | 'result'> & {
    form: readonly DrawnSlot[];
    /** The learner's when it began; null where the course did not ask. */
    job: JobName | null;
    passed: boolean | null;
  }
>;

const FACTS = columns(
  Attempt,
  'a',
  'id',
  'organisationId',
  'userId',
  'cycleId',
  'courseVersionId',
  'quiz',
  'number',
  'form',
  'startedAt',
  'submittedAt',
  'deadlineAt',
  'graceMs',
  'pausedAt',
  'pausedMs',
  'closedBy',
  'points',
  'rightAnswers',
  'passed',
  'rulingsSeen',
  'job',
);
const ATTEMPT = sql`select ${FACTS} from ${Attempt} a`;
const BY_ID = sql`${ATTEMPT} where a.id = $1`;
const AT_QUIZ = sql`${ATTEMPT} where a.cycle_id = $1 and a.quiz = $2 order by a.number`;

/** One attempt by id, or null; a text that is no id is not looked up. */
export async function findAttempt(id: unknown): Promise<AttemptFacts | null> {
  if (!isId(id)) return null;
  const found = await row(BY_ID, [id]);
  return found && factsOf(found);
}

/** An answer as one text in JSON. Responses are stored as JSON, the rest has nothing to escape. */
const ANSWER = sql`'[' || k.slot || ',' || k.sequence || ',' || coalesce('"' || k.confidence || '"', 'null') || ',' || k.response || ']'`;

const ANSWERS_AS_TEXT = as('answers', nullable(text()));

/** The answers that count, the newest in each slot, as one text that is read together with their attempt: a list in JSON. */
export const answersOf = (attemptId: Sql) => sql`(select string_agg(${ANSWER}, ',')
    from (select slot, max(sequence) as newest from ${AttemptAnswer} where attempt_id = ${attemptId} group by slot) n
      join ${AttemptAnswer} k on k.attempt_id = ${attemptId} and k.slot = n.slot and k.sequence = n.newest) ${ANSWERS_AS_TEXT}`;

/** The same of one slot alone. */
export const answerIn = (attemptId: Sql, slot: Sql) => sql`(select ${ANSWER} from ${AttemptAnswer} k
    where k.attempt_id = ${attemptId} and k.slot = ${slot} order by k.sequence desc limit 1) ${ANSWERS_AS_TEXT}`;

/** The answers that the text of `answersOf` holds, by slot. */
export const answersIn = (answers: string | null): Kept[] =>
  (JSON.parse(`[${answers ?? ''}]`) as [number, number, Confidence | null, Answer][])
    .map(([slot, sequence, confidence, response]) => ({ slot, sequence, response, confidence }))
    .sort((one, other) => one.slot - other.slot);

const WITH_ANSWERS = sql`select ${FACTS}, ${answersOf(sql`a.id`)} from ${Attempt} a where a.id = $1`;

/** One attempt with the answers that count, or null; a text that is no id is not looked up. */
export async function findWithAnswers(
  id: unknown,
): Promise<{ readonly attempt: AttemptFacts; readonly kept: Kept[] } | null> {
  const found = isId(id) ? await row(WITH_ANSWERS, [id]) : null;
  if (!found) return null;
  const { answers, ...attempt } = found;
  return { attempt: factsOf(attempt), kept: answersIn(answers) };
}

/** All attempts at one quiz in one cycle, oldest first. */
export const attemptsAt = async (cycleId: string, quiz: string): Promise<AttemptFacts[]> =>
  (await rows(AT_QUIZ, [cycleId, quiz])).map(factsOf);

const UNPASSED = sql`${ATTEMPT} where a.cycle_id = $1
  and not exists (select 1 from ${QuizPass} p where p.cycle_id = a.cycle_id and p.quiz = a.quiz)
  order by a.quiz, a.number`;

/** All attempts at the quizzes of a cycle that are not passed, by quiz, oldest first. */
export async function attemptsAtUnpassed(cycleId: string): Promise<Map<string, AttemptFacts[]>> {
  const found = new Map<string, AttemptFacts[]>();
  for (const attempt of await rows(UNPASSED, [cycleId]))
    found.set(attempt.quiz, [...(found.get(attempt.quiz) ?? []), factsOf(attempt)]);
  return found;
}

const ELSEWHERE = sql`select ${columns(Attempt, 'a', 'form')} from ${Attempt} a
  where a.cycle_id = $1 and a.quiz <> $2 order by a.started_at, a.id`;

/** The ids of the items that a cycle's other quizzes have asked, each once. */
export async function metElsewhere(cycleId: string, quiz: string): Promise<string[]> {
  const forms = await rows(ELSEWHERE, [cycleId, quiz]);
  const drawn = forms.flatMap(({ form }) => JSON.parse(form) as DrawnSlot[]);
  return [...new Set(drawn.map(({ itemId }) => itemId))];
}

const factsOf = ({
  form,
  job,
  passed,
  ...facts
}: Omit<Row<typeof Attempt>, 'maxPoints' | 'result'>): AttemptFacts => ({
  ...facts,
  form: JSON.parse(form) as DrawnSlot[],
  job: jobNamed(job),
  passed: passed === null ? null : Boolean(passed),
});

const ANSWERS = sql`select ${answersOf(sql`$1`)}`;

/** The answers that count: the newest in each slot. */
export const savedAnswers = async (attemptId: string): Promise<Kept[]> =>
  answersIn((await row(ANSWERS, [attemptId]))?.answers ?? null);

/** A quiz that was passed in a cycle: the points of the drawn items out of the most they can give. */
export interface PassedResult {
  readonly cycleId: string;
  readonly quiz: string;
  readonly points: number;
  readonly maxPoints: number;
}

/**
 * The result of each quiz passed in these cycles, for the percentages of their certificates. The final's case counts towards the
 * pass but not here (`withCase`).
 */
export const passedResults = (cycleIds: readonly string[]): Promise<PassedResult[]> =>
  rows(
    sql`select ${columns(QuizPass, 'p', 'cycleId')}, ${columns(Attempt, 'a', 'quiz')},
        ${notNull(columns(Attempt, 'a', 'points', 'maxPoints'))}
      from ${QuizPass} p join ${Attempt} a on a.id = p.attempt_id
      where p.cycle_id in (${parameters(cycleIds.length)}) and a.passed`,
    cycleIds,
  );
