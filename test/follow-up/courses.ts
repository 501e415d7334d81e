import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/courses/content/load/load.js';
import { buildCourseVersion, type CourseSnapshot } from '../../server/courses/content/snapshot.js';

let content: ReturnType<typeof loadContent> | null = null;

/** A real course, read from its files. */
export function snapshotOf(slug: string): CourseSnapshot {
  content ??= loadContent(join(projectRoot, 'modules'));
  if (!content.ok) throw new Error(`The content has faults: ${JSON.stringify(content.faults.slice(0, 3))}`);
  return buildCourseVersion(content.content, slug).snapshot;
}
