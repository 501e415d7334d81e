import { CourseVersion } from '../../courses/tables.js';
import { rows } from '../../db/rows.js';
import { columns, notNull, renamed, sql, type Sql } from '../../db/sql.js';
import { Cycle } from '../../learning/tables.js';
import { Attempt, AttemptAnswer } from '../tables.js';

/** Which attempts are analysed. */
export interface AnalysisScope {
  readonly courseSlug: string;
  readonly quiz: string;
  /** The number of a course version; null for all of them. */
  readonly version: number | null;
  /**
   * Moodle's advice, and the default: later attempts break the assumptions of item analysis, since they were made
   * after feedback and a second reading.
   */
  readonly only: 'first' | 'all';
  /** Those of one organisation alone; without it, those of all. */
  readonly organisationId?: string | undefined;
}

/** How many attempts are in memory at one time. */
const BATCH = 500;

/**
 * The attempts of one batch. Parameters: `$1` course slug, `$2` version or 0, `$3` quiz, `$4` highest number of an attempt,
 * `$5` and `$6` where the batch before ended, `$7` organisation or nothing. In the order of an index and with a limit, so
 * that its cost does not depend on how many attempts there are.
 */
const batch = (selected: Sql, until = sql``): Sql =>
  sql`(select ${selected} from ${Attempt} a
    where a.quiz = $3 and a.submitted_at is not null and (a.submitted_at, a.id) > ($5, $6) ${until}
      and a.course_version_id in (select id from ${CourseVersion} where course_slug = $1 and (number = $2 or $2 = 0))
      and a.number <= $4 and ($7 = '' or a.organisation_id = $7)
    order by a.submitted_at, a.id limit ${BATCH}) a`;

const ATTEMPTS = sql`select ${columns(Attempt, 'a', 'id', 'courseVersionId', 'startedAt', 'result')},
    ${notNull(columns(Attempt, 'a', 'submittedAt'))}, ${renamed(Attempt, 'a', { person: 'userId' })},
    ${renamed(Cycle, 'c', { cycleNumber: 'number' })}
  from ${batch(sql`*`)} join ${Cycle} c on c.id = a.cycle_id order by a.submitted_at, a.id`;

const ANSWERS = sql`select ${columns(AttemptAnswer, 'w', 'attemptId', 'slot', 'response', 'confidence')},
    ${renamed(AttemptAnswer, 'w', { at: 'answeredAt' })}
  from ${batch(sql`a.id`, sql`and (a.submitted_at, a.id) <= ($8, $9)`)}
    join ${AttemptAnswer} w on w.attempt_id = a.id order by w.attempt_id, w.slot, w.sequence`;

/** Where a batch ends. */
interface Place {
  readonly submittedAt: number;
  readonly id: string;
}

export const BEFORE_ALL: Place = { submittedAt: -1, id: '' };

const batchParameters = (
  { courseSlug, version, quiz, only, organisationId }: AnalysisScope,
  after: Place,
) => [
  courseSlug,
  version ?? 0,
  quiz,
  only === 'first' ? 1 : 1_000_000,
  after.submittedAt,
  after.id,
  organisationId ?? '',
];

/** The next batch of attempts of a scope, in the order of their submission; empty when there are no more. */
export const attemptsAfter = (scope: AnalysisScope, after: Place) =>
  rows(ATTEMPTS, batchParameters(scope, after));

/** The answers to the attempts of a batch, which begins after one place and ends at another. */
export const answersBetween = (scope: AnalysisScope, after: Place, last: Place) =>
  rows(ANSWERS, [...batchParameters(scope, after), last.submittedAt, last.id]);
