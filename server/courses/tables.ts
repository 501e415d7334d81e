import { defineTable, id, integer, key, moment, nullable, text } from '../db/table.js';

/**
 * One published version of a course: everything that a learner may meet in it, as canonical JSON with its SHA-256. Never
 * changed, never deleted.
 */
export const CourseVersion = defineTable('course_versions', {
  id: key(id()),
  courseSlug: text(80),
  number: integer(),
  contentHash: text(64),
  content: text(),
  publishedAt: moment(),
});

/**
 * One published version of what all courses share: facts, hotlines, glossary, country packs, cards. `sourceHash` stands for
 * the files that were published last, so that a start with the same files need not read them.
 */
export const LibraryVersion = defineTable('library_versions', {
  number: key(integer()),
  sourceHash: text(64),
  contentHash: text(64),
  content: text(),
  publishedAt: moment(),
});

/** An organisation's people may take a restricted course. Nobody in `grantedBy`: it was done at the command line. */
export const CourseGrant = defineTable('course_grants', {
  organisationId: key(id()),
  courseSlug: key(text(80)),
  grantedBy: nullable(id()),
  grantedAt: moment(),
});

/** How much a version of a course changes, as whoever publishes proposes it, once. Nobody in `proposedBy`: at the command line. */
export const CourseChange = defineTable('course_changes', {
  courseVersionId: key(id()),
  courseSlug: text(80),
  number: integer(),
  kind: text<'minor' | 'material'>(10),
  says: text(300),
  proposedBy: nullable(id()),
  proposedAt: moment(),
});
