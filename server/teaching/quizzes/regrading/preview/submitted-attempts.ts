import type { Kept } from '../../quiz-model.js';
import { CourseVersion } from '../../../courses/tables.js';
import { row, rows } from '../../../../platform/db/rows.js';
import { as, columns, notNull, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { integer, type Row } from '../../../../platform/db/table.js';
import { Cycle, QuizPass } from '../../../learning/tables.js';
import type { Answer } from '../../../questions/answer.js';
import { jobNamed, type JobName } from '../../../questions/jobs.js';
import type { DrawnSlot } from '../../drawing/draw-form.js';
import { Attempt, AttemptAnswer } from '../../tables.js';
import type { AttemptResult } from './impact.js';

/** Which attempts a ruling is about: the submitted ones whose form has the question. */
export interface RulingScope {
  readonly courseSlug: string;
  readonly quiz: string;
  readonly itemId: string;
  readonly fromVersion: number;
  readonly toVersion: number;
}

/** A submitted attempt: the answers that count, its result as it is now, and where its cycle stands. */
export interface SubmittedAttempt {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly form: readonly DrawnSlot[];
  /** The learner's job when it began. */
  readonly job: JobName | null;
  readonly submittedAt: number;
  readonly kept: readonly Kept[];
  readonly before: AttemptResult;
  readonly completedAt: number | null;
  /** The attempt by which the quiz counts as passed; null while it is not passed. */
  readonly holder: string | null;
  readonly hasOtherPass: boolean;
}

/** How many attempts are in memory at one time. */
const BATCH = 200;

const COLUMNS = sql`${columns(Attempt, 'a', 'id', 'organisationId', 'userId', 'cycleId', 'courseVersionId', 'quiz', 'form', 'job')},
  ${notNull(columns(Attempt, 'a', 'submittedAt', 'points', 'maxPoints', 'passed'))},
  ${notNull(renamed(Attempt, 'a', { right: 'rightAnswers' }))},
  ${columns(Cycle, 'c', 'completedAt')}, ${orNull(renamed(QuizPass, 'p', { holder: 'attemptId' }))},
  (select count(*) from ${Attempt} o where o.cycle_id = a.cycle_id and o.quiz = a.quiz and o.id <> a.id and o.passed)
    ${as('others', integer())}`;

const AROUND = sql`join ${Cycle} c on c.id = a.cycle_id
  left join ${QuizPass} p on p.cycle_id = a.cycle_id and p.quiz = a.quiz`;

/** `$1` slug, `$2` and `$3` versions, `$4` quiz, `$5` what a form with the question contains. */
const IN_SCOPE = sql`a.quiz = $4 and a.submitted_at is not null and a.form like $5 and a.course_version_id in
  (select id from ${CourseVersion} where course_slug = $1 and number >= $2 and number <= $3)`;

const scopeParameters = ({ courseSlug, quiz, itemId, fromVersion, toVersion }: RulingScope) => [
  courseSlug,
  fromVersion,
  toVersion,
  quiz,
  `%"itemId":"${itemId}"%`,
];

const COUNT = sql`select count(*) ${as('count', integer())} from ${Attempt} a where ${IN_SCOPE}`;

/** How many attempts are in scope now. */
export const countSubmitted = async (scope: RulingScope): Promise<number> =>
  Number((await row(COUNT, scopeParameters(scope)))?.count);

/** `$6` and `$7` are where the batch before ended. */
const NEXT_BATCH = sql`select ${COLUMNS} from (select * from ${Attempt} a
    where ${IN_SCOPE} and (a.submitted_at, a.id) > ($6, $7)
    order by a.submitted_at, a.id limit ${BATCH}) a ${AROUND} order by a.submitted_at, a.id`;

/** All attempts in scope in the order of their submission, a batch at a time. */
export async function* submittedAttempts(scope: RulingScope): AsyncGenerator<readonly SubmittedAttempt[]> {
  let after = { submittedAt: -1, id: '' };
  for (;;) {
    const batch = await rows(NEXT_BATCH, [...scopeParameters(scope), after.submittedAt, after.id]);
    const last = batch.at(-1);
    if (!last) return;
    const answers = await answersBetween(scope, after, last);
    yield batch.map(found => fromRow(found, answers.get(found.id) ?? []));
    after = last;
  }
}

const BY_ID = sql`select ${COLUMNS} from ${Attempt} a ${AROUND} where a.id = $1 and a.submitted_at is not null`;

/** One submitted attempt, or null. */
export async function findSubmitted(id: string): Promise<SubmittedAttempt | null> {
  const found = await readOne(id);
  if (!found) return null;
  return fromRow(found, newestAnswers(await rows(ANSWERS_OF_ONE, [id])).get(id) ?? []);
}

const readOne = (id: string) => row(BY_ID, [id]);

const ANSWERS = sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'sequence', 'response')} from ${AttemptAnswer} w`;
const IN_ORDER = sql`order by w.attempt_id, w.slot, w.sequence`;
const ANSWERS_OF_ONE = sql`${ANSWERS} where w.attempt_id = $1 ${IN_ORDER}`;
const ANSWERS_BETWEEN = sql`${ANSWERS} join ${Attempt} a on a.id = w.attempt_id
  where ${IN_SCOPE} and (a.submitted_at, a.id) > ($6, $7) and (a.submitted_at, a.id) <= ($8, $9) ${IN_ORDER}`;

interface Place {
  readonly submittedAt: number;
  readonly id: string;
}

const answersBetween = async (scope: RulingScope, after: Place, last: Place) =>
  newestAnswers(
    await rows(ANSWERS_BETWEEN, [
      ...scopeParameters(scope),
      after.submittedAt,
      after.id,
      last.submittedAt,
      last.id,
    ]),
  );

type AnswerRow = Readonly<Pick<Row<typeof AttemptAnswer>, 'attemptId' | 'slot' | 'sequence' | 'response'>>;

/** By attempt, the answer that counts in each slot: the last one, given answers in order. */
function newestAnswers(answers: readonly AnswerRow[]): Map<string, Kept[]> {
  const found = new Map<string, Kept[]>();
  for (const { attemptId, slot, sequence, response } of answers) {
    const kept = found.get(attemptId) ?? [];
    found.set(attemptId, kept);
    if (kept.at(-1)?.slot === slot) kept.pop();
    kept.push({ slot, sequence, response: JSON.parse(response) as Answer });
  }
  return found;
}

type Found = NonNullable<Awaited<ReturnType<typeof readOne>>>;

const fromRow = (found: Found, kept: readonly Kept[]): SubmittedAttempt => {
  const { form, job, points, maxPoints, right, passed, others, ...rest } = found;
  return {
    ...rest,
    form: JSON.parse(form) as DrawnSlot[],
    job: jobNamed(job),
    kept,
    before: { points, maxPoints, right, passed: Boolean(passed) },
    hasOtherPass: Number(others) > 0,
  };
};
