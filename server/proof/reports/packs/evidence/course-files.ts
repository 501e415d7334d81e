import {
  readSnapshot,
  type CourseSnapshot,
  type SnapshotModule,
  type SnapshotQuiz,
} from '../../../../teaching/content/snapshot.js';
import { CourseVersion } from '../../../../teaching/courses/tables.js';
import { row, rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import type { PackFile } from '../../../../platform/lib/zip.js';
import type { PackScope } from './pack-scope.js';
import { inUtc } from './standing-tables.js';

/** What each version of the courses teaches and asks, without a question or an answer. */
export async function* courseFiles({ courses, period }: PackScope): AsyncGenerator<PackFile> {
  if (courses.length === 0) return;
  const found = await rows(
    sql`select ${columns(CourseVersion, 'v', 'id')} from ${CourseVersion} v
        where v.published_at <= $1 and v.course_slug in (${parameters(courses.length, 2)})
        order by v.course_slug, v.number`,
    [period.knownAt, ...courses],
  );
  for (const { id } of found) {
    const version = await row(sql`${VERSION} where v.id = $1`, [id]);
    if (version) yield courseFile(version);
  }
}

const VERSION = sql`select
  ${columns(CourseVersion, 'v', 'id', 'courseSlug', 'number', 'contentHash', 'content', 'publishedAt')} from ${CourseVersion} v`;

const courseFile = ({
  courseSlug,
  number,
  contentHash,
  content,
  publishedAt,
}: Row<typeof CourseVersion>): PackFile => ({
  path: `courses/${courseSlug}-version-${number}.json`,
  content: `${JSON.stringify(
    {
      course: courseSlug,
      version: number,
      publishedAt: inUtc(publishedAt),
      contentHash,
      ...syllabus(readSnapshot(content)),
    },
    null,
    2,
  )}\n`,
});

/** The programme outline: what is read, to which end, for how long, and how each quiz is drawn. */
const syllabus = ({ title, modules, final, renewal, validity, supports }: CourseSnapshot) => ({
  title,
  validity,
  supports,
  modules: modules.map(outline),
  final: final && { ...blueprint(final), scenarios: final.scenarios.length },
  renewal: renewal && {
    withinMonths: renewal.within,
    lessons: renewal.modules.map(({ module, lessons }) => ({
      module,
      lessons: lessons.map(({ name }) => name),
    })),
    quiz: blueprint(renewal.quiz),
  },
});

const outline = ({ slug, title, objectives, lessons, quiz, isUnasked }: SnapshotModule) => ({
  module: slug,
  title,
  objectives,
  lessons: lessons.map(each => ({
    ...{ lesson: each.name, title: each.title, objectives: each.objectives, minutes: each.minutes },
    isOptional: each.optional,
  })),
  quiz: isUnasked ? null : blueprint(quiz),
});

/** How a quiz is drawn: how many items of how many, the pass mark, and how many there are for each objective. */
const blueprint = ({ items, ...rules }: SnapshotQuiz) => {
  const objectives: Record<string, number> = {};
  for (const { objective } of items) objectives[objective] = (objectives[objective] ?? 0) + 1;
  const { draw, pass, minCritical, levels, decisions } = rules;
  return { draw, pass, minCritical, levels, decisions, bank: items.length, itemsByObjective: objectives };
};
