import { CourseVersion } from '../../../../teaching/courses/tables.js';
import { row } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { endOfDay } from '../../../../platform/lib/days.js';
import { isId } from '../../../../platform/lib/ids.js';

/** Of which course a version is, and the hash of its content; null: there is none. */
export const versionFacts = async (versionId: string) =>
  isId(versionId)
    ? row(
        sql`select ${columns(CourseVersion, 'v', 'courseSlug', 'contentHash')} from ${CourseVersion} v where v.id = $1`,
        [versionId],
      )
    : null;

const NEWEST = sql`select ${columns(CourseVersion, 'v', 'id', 'courseSlug', 'number')} from ${CourseVersion} v
  where v.course_slug = $1 and v.published_at <= $2 order by v.number desc limit 1`;
const FIRST = sql`select ${columns(CourseVersion, 'v', 'id', 'courseSlug', 'number')} from ${CourseVersion} v
  where v.course_slug = $1 order by v.number limit 1`;

/** The version of a course that was the newest at the end of a day, or its first one, if that came later; null: there is none. */
export const versionTaught = async (
  courseSlug: string,
  { day, timeZone }: { readonly day: string; readonly timeZone: string },
) => (await row(NEWEST, [courseSlug, endOfDay(day, timeZone) ?? 0])) ?? row(FIRST, [courseSlug]);
