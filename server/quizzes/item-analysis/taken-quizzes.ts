import { CourseVersion } from '../../courses/tables.js';
import { row, rows } from '../../db/rows.js';
import { as, columns, renamed, sql } from '../../db/sql.js';
import { integer, text } from '../../db/table.js';
import { Organisation } from '../../organisations/tables.js';
import { Attempt } from '../tables.js';
import type { AnalysisScope } from './batches.js';

/** A quiz of a course version that somebody has submitted; `people` is how many did. */
export interface TakenQuiz {
  readonly courseSlug: string;
  readonly version: number;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly people: number;
}

const TAKEN_QUIZZES = sql`select ${renamed(CourseVersion, 'v', { courseSlug: 'courseSlug', version: 'number', courseVersionId: 'id' })},
    t.quiz ${as('quiz', text())}, t.people ${as('people', integer())}
  from (select course_version_id, quiz, count(distinct user_id) as people from ${Attempt}
        where submitted_at is not null and ($1 = '' or organisation_id = $1) group by course_version_id, quiz) t
    join ${CourseVersion} v on v.id = t.course_version_id
  order by v.course_slug, v.number desc, t.quiz`;

/** All quizzes with submitted attempts (of one organisation, if it is named), newest course versions first. */
export async function takenQuizzes(organisationId = ''): Promise<TakenQuiz[]> {
  const found = await rows(TAKEN_QUIZZES, [organisationId]);
  return found.map(taken => ({ ...taken, people: Number(taken.people) }));
}

const TAKING_ORGANISATIONS = sql`select ${columns(Organisation, 'o', 'id', 'name')} from ${Organisation} o
  where exists (select 1 from ${Attempt} a where a.organisation_id = o.id and a.submitted_at is not null)
  order by o.name, o.id`;

/** The organisations in which somebody has submitted a quiz, by name. */
export const takingOrganisations = (): Promise<{ id: string; name: string }[]> => rows(TAKING_ORGANISATIONS);

const VERSION = sql`${columns(CourseVersion, 'v', 'id', 'number')} from ${CourseVersion} v`;
const IS_TAKEN = sql`exists (select 1 from ${Attempt} a
  where a.quiz = $2 and a.submitted_at is not null and a.course_version_id = v.id)`;
const VERSION_IN = sql`select ${VERSION} where v.course_slug = $1 and (v.number = $3 or $3 = 0)
  order by ${IS_TAKEN} desc, v.number desc limit 1`;
const VERSIONS_TAKEN = sql`select ${VERSION} where v.course_slug = $1 and ${IS_TAKEN} order by v.number desc`;

/**
 * The course version that represents a scope: the one that is named, or the newest in which somebody has submitted the
 * quiz (a later one may have dropped it), or else the newest. Null when there is none.
 */
export const versionIn = ({
  courseSlug,
  version,
  quiz,
}: AnalysisScope): Promise<{ id: string; number: number } | null> =>
  row(VERSION_IN, [courseSlug, quiz, version ?? 0]);

/** The numbers of the course versions in which somebody has submitted the quiz, the newest first. */
export const versionsTaken = async ({ courseSlug, quiz }: AnalysisScope): Promise<number[]> =>
  (await rows(VERSIONS_TAKEN, [courseSlug, quiz])).map(({ number }) => number);
