import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { PublishedCourse } from '../catalogue.js';
import { CourseChange, CourseVersion } from '../tables.js';

/** What the publisher of a version said of it. */
export type CourseChangeFacts = Readonly<Row<typeof CourseChange>>;

const CHANGES = sql`select ${columns(
  CourseChange,
  'c',
  'courseVersionId',
  'courseSlug',
  'number',
  'kind',
  'says',
  'proposedBy',
  'proposedAt',
)} from ${CourseChange} c`;

/**
 * Propose how much the current version of a course changes: `minor` asks nothing of anybody, `material` is for each organisation to
 * decide. `says`: what changed, in a sentence. Returns false where it was proposed before: once said, it stays.
 */
export function proposeChange(
  {
    versionId: courseVersionId,
    slug: courseSlug,
    number,
  }: Pick<PublishedCourse, 'versionId' | 'slug' | 'number'>,
  { kind, says }: Pick<CourseChangeFacts, 'kind' | 'says'>,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const change = { courseVersionId, courseSlug, number, kind, says };
    if (!(await insertOnce(CourseChange, { ...change, proposedBy: actorId, proposedAt: now }))) return false;
    await record('course.change-proposed', change, { actorId, organisationId: null, now });
    return true;
  });
}

/** What was said of a version; null: nothing yet. */
export const proposedFor = (versionId: string): Promise<CourseChangeFacts | null> =>
  row(sql`${CHANGES} where c.course_version_id = $1`, [versionId]);

/** The newest version of each course that was proposed as material. */
export const materialChanges = (): Promise<CourseChangeFacts[]> =>
  rows(sql`${CHANGES} where c.kind = 'material' and c.number =
    (select max(number) from ${CourseChange} where kind = 'material' and course_slug = c.course_slug)
    order by c.course_slug`);

/** The newest of them in one course; null: it has none. */
export const materialChangeOf = (slug: string): Promise<CourseChangeFacts | null> =>
  row(sql`${CHANGES} where c.kind = 'material' and c.course_slug = $1 order by c.number desc limit 1`, [
    slug,
  ]);

const UNJUDGED = sql`select ${columns(CourseVersion, 'v', 'courseSlug')} from ${CourseVersion} v
  where v.number > 1 and v.number = (select max(number) from ${CourseVersion} where course_slug = v.course_slug)
  and not exists (select 1 from ${CourseChange} where course_version_id = v.id) order by v.course_slug`;

/** Courses whose current version follows another, and of which nobody has said yet how much it changes. */
export const unjudgedCourses = async (): Promise<string[]> =>
  (await rows(UNJUDGED)).map(({ courseSlug }) => courseSlug);
