import { CourseVersion } from '../../../courses/tables.js';
import { row } from '../../../db/rows.js';
import { columns, sql } from '../../../db/sql.js';
import { isId } from '../../../lib/ids.js';

/** Of which course a version is, and the hash of its content; null: there is none. */
export const versionFacts = async (versionId: string) =>
  isId(versionId)
    ? row(
        sql`select ${columns(CourseVersion, 'v', 'courseSlug', 'contentHash')} from ${CourseVersion} v where v.id = $1`,
        [versionId],
      )
    : null;
