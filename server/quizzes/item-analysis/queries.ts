import { courseVersion } from '../../courses/catalogue.js';
import { row, rows } from '../../db/rows.js';
import type { Confidence } from '../grading/confidence.js';
import { quizOf } from '../quiz.js';
import { bankOf, type Bank } from './bank.js';
import { collect, noSums, type SubmittedAttempt } from './collect.js';
import { quizFigures, type QuizFigures } from './quiz-figures.js';
import { readResponse, readResult } from './stored-result.js';

/** Which attempts are looked at. */
export interface Scope {
  readonly courseSlug: string;
  readonly quiz: string;
  /** The number of a course version; null for all of them. */
  readonly version: number | null;
  /**
   * Moodle's advice, and the default: later attempts do not fulfil what item analysis takes for granted, since they
   * were made after feedback and a second reading.
   */
  readonly only: 'first' | 'all';
  /** Those of one organisation alone; without it, those of all. */
  readonly organisationId?: string | undefined;
}

/** A quiz of a course version that somebody has handed in; `people` are all who did. */
export interface TakenQuiz {
  readonly courseSlug: string;
  readonly version: number;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly people: number;
}

/** Attempts that are held at one time. */
const BATCH = 500;

interface Row {
  readonly id: string;
  readonly person: string;
  readonly courseVersionId: string;
  readonly startedAt: number;
  readonly submittedAt: number;
  readonly result: string | null;
  /** The number of the round it belongs to. */
  readonly round: number;
}

interface AnswerRow {
  readonly attemptId: string;
  readonly slot: number;
  readonly at: number;
  readonly response: string;
  readonly confidence: Confidence | null;
}

/** All quizzes with attempts that were handed in (of an organisation, if one is named), newest course versions first. */
export async function takenQuizzes(organisationId = ''): Promise<TakenQuiz[]> {
  const found = await rows<TakenQuiz>(
    `select v.course_slug as "courseSlug", v.number as version, v.id as "courseVersionId", t.quiz, t.people
     from (select course_version_id, quiz, count(distinct user_id) as people from attempts
           where submitted_at is not null and ($1 = '' or organisation_id = $1) group by course_version_id, quiz) t
       join course_versions v on v.id = t.course_version_id
     order by v.course_slug, v.number desc, t.quiz`,
    [organisationId],
  );
  return found.map(taken => ({ ...taken, people: Number(taken.people) }));
}

/** The organisations in which somebody has handed in a quiz, by name. */
export const takingOrganisations = (): Promise<{ id: string; name: string }[]> =>
  rows(
    `select id, name from organisations o
     where exists (select 1 from attempts a where a.organisation_id = o.id and a.submitted_at is not null)
     order by name, id`,
  );

/**
 * The course version that stands for a scope: the one that is named, or the newest in which somebody has handed the quiz
 * in (a later one may have dropped it), or else the newest. Null when there is none.
 */
export const versionIn = ({
  courseSlug,
  version,
  quiz,
}: Scope): Promise<{ id: string; number: number } | null> =>
  row(
    `select id, number from course_versions v where course_slug = $1 and (number = $2 or $2 = 0)
     order by exists (select 1 from attempts a
       where a.quiz = $3 and a.submitted_at is not null and a.course_version_id = v.id) desc, number desc limit 1`,
    [courseSlug, version ?? 0, quiz],
  );

/** The numbers of the course versions in which somebody has handed the quiz in, the newest first. */
export const versionsTaken = async ({ courseSlug, quiz }: Scope): Promise<number[]> =>
  (
    await rows<{ number: number }>(
      `select v.number from course_versions v where v.course_slug = $1 and exists (select 1 from attempts a
         where a.quiz = $2 and a.submitted_at is not null and a.course_version_id = v.id)
       order by v.number desc`,
      [courseSlug, quiz],
    )
  ).map(({ number }) => number);

/**
 * The statistics of a quiz, counted in one pass over its attempts: a batch of them is in memory, and sums. For
 * 100,000 attempts it takes seconds and leaves other requests their turn between the batches.
 */
export async function quizStatistics(scope: Scope): Promise<QuizFigures> {
  const sums = noSums();
  let unreadable = 0;
  for await (const { courseVersionId, attempt } of submitted(scope)) {
    const bank = await bankIn(courseVersionId, scope.quiz);
    if (attempt && bank) collect(sums, attempt, bank);
    else unreadable += 1;
  }
  return quizFigures(sums, unreadable);
}

const banks = new Map<string, Bank>();

/** The bank of a quiz in a course version; it never changes, and hashing it takes a while. */
async function bankIn(courseVersionId: string, name: string): Promise<Bank | null> {
  const key = `${courseVersionId} ${name}`;
  const known = banks.get(key);
  if (known) return known;
  const { snapshot } = await courseVersion(courseVersionId);
  const quiz = quizOf(snapshot, name);
  if (!quiz) return null;
  const bank = bankOf(quiz);
  banks.set(key, bank);
  return bank;
}

/** Attempts of a scope in the order in which they were handed in; null for one whose result cannot be read. */
async function* submitted(
  scope: Scope,
): AsyncGenerator<{ courseVersionId: string; attempt: SubmittedAttempt | null }> {
  let after = BEFORE_ALL;
  for (;;) {
    const batch = await attemptsAfter(scope, after);
    const last = batch.at(-1);
    if (!last) return;
    const answers = new Map<string, AnswerRow[]>(batch.map(({ id }) => [id, []]));
    for (const answer of await answersBetween(scope, after, last))
      answers.get(answer.attemptId)?.push(answer);
    for (const found of batch.filter(({ round }) => scope.only === 'all' || round === 1))
      yield { courseVersionId: found.courseVersionId, attempt: read(found, answers.get(found.id) ?? []) };
    after = last;
  }
}

function read({ person, startedAt, result }: Row, answers: readonly AnswerRow[]): SubmittedAttempt | null {
  const slots = readResult(result);
  return (
    slots && {
      person,
      startedAt,
      slots,
      answers: answers.map(answer => ({ ...answer, response: readResponse(answer.response) })),
    }
  );
}

/**
 * A batch: `$1` slug, `$2` version or 0, `$3` quiz, `$4` highest number of an attempt, `$5` and `$6` where the batch
 * before ended, `$7` organisation or nothing. In the order of an index and with a limit, so that its cost does not hang on how many there are.
 */
const batchOf = (columns: string, until = ''): string =>
  `(select ${columns} from attempts a
    where a.quiz = $3 and a.submitted_at is not null and (a.submitted_at, a.id) > ($5, $6) ${until}
      and a.course_version_id in (select id from course_versions where course_slug = $1 and (number = $2 or $2 = 0))
      and a.number <= $4 and ($7 = '' or a.organisation_id = $7)
    order by a.submitted_at, a.id limit ${BATCH}) a`;

type Place = Pick<Row, 'submittedAt' | 'id'>;

export const BEFORE_ALL: Place = { submittedAt: -1, id: '' };

const parameters = ({ courseSlug, version, quiz, only, organisationId }: Scope, after: Place) => [
  courseSlug,
  version ?? 0,
  quiz,
  only === 'first' ? 1 : 1_000_000,
  after.submittedAt,
  after.id,
  organisationId ?? '',
];

/** The next batch of attempts of a scope, in the order in which they were handed in; empty when there are no more. */
export const attemptsAfter = (scope: Scope, after: Place): Promise<Row[]> =>
  rows<Row>(
    `select a.id, a.user_id as person, a.course_version_id as "courseVersionId", a.started_at as "startedAt",
       a.submitted_at as "submittedAt", a.result, c.number as round
     from ${batchOf('*')} join cycles c on c.id = a.cycle_id order by a.submitted_at, a.id`,
    parameters(scope, after),
  );

const answersBetween = (scope: Scope, after: Place, last: Place): Promise<AnswerRow[]> =>
  rows<AnswerRow>(
    `select w.attempt_id as "attemptId", w.slot, w.answered_at as at, w.response, w.confidence
     from ${batchOf('a.id', 'and (a.submitted_at, a.id) <= ($8, $9)')}
       join attempt_answers w on w.attempt_id = a.id order by w.attempt_id, w.slot, w.sequence`,
    [...parameters(scope, after), last.submittedAt, last.id],
  );
