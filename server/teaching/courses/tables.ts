import {
  defineTable,
  filled,
  flag,
  id,
  integer,
  key,
  moment,
  nullable,
  text,
} from '../../platform/db/table.js';

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

/**
 * An organisation's people may take a restricted course: all of them, or (`unitId` is not '') those of a unit and below it. With
 * `isByUnit` the organisation's own grant opens it to nobody: its administrators grant it to units. Days are days in the
 * organisation's zone; it no longer counts on `untilDay`. Nobody in `grantedBy`: it was done at the command line.
 */
export const CourseGrant = defineTable('course_grants', {
  organisationId: key(id()),
  courseSlug: key(text(80)),
  unitId: key(filled(id())),
  isByUnit: filled(flag()),
  fromDay: filled(text(10)),
  untilDay: nullable(text(10)),
  grantedBy: nullable(id()),
  grantedAt: moment(),
});

/** Somebody who manages people asks for a restricted course, for the whole organisation (`unitId` '') or for a unit. */
export const CourseRequest = defineTable('course_requests', {
  id: key(id()),
  organisationId: id(),
  courseSlug: text(80),
  unitId: id(),
  askedBy: id(),
  reason: text(500),
  askedAt: moment(),
  outcome: nullable(text<'granted' | 'declined' | 'withdrawn'>(10)),
  answer: nullable(text(500)),
  decidedBy: nullable(id()),
  decidedAt: nullable(moment()),
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
