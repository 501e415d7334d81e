import type { Kept } from '../quiz-model.js';
import { row, rows } from '../../db/rows.js';
import { as, columns, notNull, sql } from '../../db/sql.js';
import { flag, type Row } from '../../db/table.js';
import { QuizPass } from '../../learning/tables.js';
import { isId } from '../../lib/ids.js';
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

/** All attempts at one quiz in one cycle, oldest first. */
export const attemptsAt = async (cycleId: string, quiz: string): Promise<AttemptFacts[]> =>
  (await rows(AT_QUIZ, [cycleId, quiz])).map(factsOf);

const IS_PASSED = sql`exists (select 1 from ${QuizPass} p where p.cycle_id = a.cycle_id and p.quiz = a.quiz)`;
const UNPASSED = sql`select ${FACTS}, ${IS_PASSED} ${as('isPassed', flag())} from ${Attempt} a
  where a.cycle_id = $1 and (a.quiz = $2 or not ${IS_PASSED}) order by a.quiz, a.number`;

/** The attempts at a quiz of a cycle, oldest first, and whether the quiz is passed. */
export interface AttemptsAt {
  readonly attempts: AttemptFacts[];
  readonly isPassed: boolean;
}

/** By quiz, all attempts at those of a cycle that are not passed, and in any case at the one that is named. */
export async function attemptsAtUnpassed(cycleId: string, also: string): Promise<Map<string, AttemptsAt>> {
  const found = new Map<string, AttemptsAt>();
  for (const { isPassed, ...attempt } of await rows(UNPASSED, [cycleId, also])) {
    const at = found.get(attempt.quiz) ?? { attempts: [], isPassed: Boolean(isPassed) };
    at.attempts.push(factsOf(attempt));
    found.set(attempt.quiz, at);
  }
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

const NEWEST_ANSWERS = sql`select ${columns(AttemptAnswer, 'a', 'slot', 'sequence', 'response', 'confidence')}
  from (select slot, max(sequence) as newest from ${AttemptAnswer} where attempt_id = $1 group by slot) n
    join ${AttemptAnswer} a on a.attempt_id = $1 and a.slot = n.slot and a.sequence = n.newest
  order by a.slot`;

/** The answers that count: the newest in each slot. */
export async function savedAnswers(attemptId: string): Promise<Kept[]> {
  const kept = await rows(NEWEST_ANSWERS, [attemptId]);
  return kept.map(answer => ({ ...answer, response: JSON.parse(answer.response) as Answer }));
}

const PASSED = sql`select ${columns(Attempt, 'a', 'quiz')}, ${notNull(columns(Attempt, 'a', 'points', 'maxPoints'))}
  from ${QuizPass} p join ${Attempt} a on a.id = p.attempt_id where p.cycle_id = $1 and a.passed`;

/**
 * The result of each quiz passed in a cycle, for the certificate's percentages: the points of the drawn items out of the
 * most they can give. The final's case counts towards the pass but not here (`withCase`).
 */
export const passedResults = (
  cycleId: string,
): Promise<{ quiz: string; points: number; maxPoints: number }[]> => rows(PASSED, [cycleId]);
