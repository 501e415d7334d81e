import { CourseVersion } from '../../courses/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { Organisation } from '../../../people/organisations/tables.js';
import { keptNamed, keptPartsWith } from '../../../platform/sums/kept-sums.js';
import { KeptSum } from '../../../platform/sums/tables.js';
import type { AnalysisScope } from './analysis-scope.js';
import { QUIZZES, quizOfSubject, subjectOf, THE_FORM, versionOfPart } from './kept/sum-names.js';
import { formFrom } from './kept/stored-sums.js';
import { peopleCounted } from './small-groups.js';

/** A quiz of a course version that somebody has submitted; `people` is how many did. */
export interface TakenQuiz {
  readonly courseSlug: string;
  readonly version: number;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly people: number;
}

/** All quizzes with submitted attempts, newest course versions first. */
export async function takenQuizzes(): Promise<TakenQuiz[]> {
  const forms = await keptNamed(QUIZZES, THE_FORM);
  const people = new Map<string, number>();
  for (const { subject, part, sums } of forms) {
    const version = versionOfPart({ part });
    const key = `${subject} ${version}`;
    if (version !== null) people.set(key, (people.get(key) ?? 0) + peopleCounted(formFrom(sums).attempts));
  }
  const subjects = [...new Set(forms.map(quizOfSubject).map(subjectOf))].sort();
  return (await versions()).flatMap(({ id, courseSlug, number }) =>
    subjects.flatMap(subject => {
      const found = people.get(`${subject} ${number}`);
      const quiz = quizOfSubject({ subject });
      if (found === undefined || quiz.courseSlug !== courseSlug) return [];
      return { ...quiz, version: number, courseVersionId: id, people: found };
    }),
  );
}

const VERSION = sql`select ${columns(CourseVersion, 'v', 'id', 'number', 'courseSlug')} from ${CourseVersion} v`;
const VERSIONS = sql`${VERSION} order by v.course_slug, v.number desc`;
const OF_COURSE = sql`${VERSION} where v.course_slug = $1 order by v.number desc`;

const versions = () => rows(VERSIONS);

const TAKING = sql`select ${columns(Organisation, 'o', 'id', 'name')} from ${Organisation} o
  where exists (select 1 from ${KeptSum} k where k.figure = $1 and k.name = o.id) order by o.name, o.id`;

/** The organisations in which somebody has submitted a quiz, by name. */
export const takingOrganisations = (): Promise<{ id: string; name: string }[]> => rows(TAKING, [QUIZZES]);

/**
 * The course version that represents a scope: the one that is named, or the newest in which somebody has submitted the
 * quiz (a later one may have dropped it), or else the newest. Null when there is none.
 */
export async function versionIn(scope: AnalysisScope): Promise<{ id: string; number: number } | null> {
  const all = await rows(OF_COURSE, [scope.courseSlug]);
  if (scope.version !== null) return all.find(({ number }) => number === scope.version) ?? null;
  const [taken] = await versionsTaken(scope);
  return taken ?? all[0] ?? null;
}

/** The course versions in which somebody has submitted the quiz, the newest first. */
export async function versionsTaken({
  courseSlug,
  quiz,
}: Pick<AnalysisScope, 'courseSlug' | 'quiz'>): Promise<{ id: string; number: number }[]> {
  const parts = await keptPartsWith(QUIZZES, subjectOf({ courseSlug, quiz }), THE_FORM);
  const taken = new Set(parts.map(part => versionOfPart({ part })));
  return (await rows(OF_COURSE, [courseSlug])).filter(({ number }) => taken.has(number));
}
