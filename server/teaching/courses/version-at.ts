import { row } from '../../platform/db/rows.js';
import { as, sql } from '../../platform/db/sql.js';
import { integer, nullable } from '../../platform/db/table.js';
import { CourseVersion } from './tables.js';

const NUMBER = as('number', nullable(integer()));
const CURRENT = sql`select coalesce(
    (select max(v.number) from ${CourseVersion} v where v.course_slug = $1 and v.published_at <= $2),
    (select min(v.number) from ${CourseVersion} v where v.course_slug = $1)
  ) ${NUMBER}`;

/** The version of a course that was current at a moment (epoch ms); the first one where the course is younger. */
export const courseVersionAt = async (courseSlug: string, moment: number): Promise<number> =>
  Number((await row(CURRENT, [courseSlug, moment]))?.number ?? 1);
