import { buildCourseVersion, type CourseSnapshot } from '../../../server/teaching/content/snapshot.js';
import { ownContent } from '../../support/content/own-content.js';

/** A real course, read from its files. */
export const snapshotOf = (slug: string): CourseSnapshot =>
  buildCourseVersion(ownContent().content, slug).snapshot;
