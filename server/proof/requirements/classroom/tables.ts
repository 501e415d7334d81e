import { defineTable, filled, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A course taught in a room. `day` and `time` ("09:30") are the organisation's. The instructor holds the role, or is a visitor
 * with a name and the number of a licence. `points`: what is practised, as JSON (texts). `version` (of the course) and
 * `neededMinutes` (null: the session's own) are fixed when it is signed. `endedAt`: cancelled or, once signed, withdrawn.
 */
export const ClassroomSession = defineTable('classroom_sessions', {
  id: key(id()),
  organisationId: id(),
  courseSlug: text(80),
  unitId: nullable(id()),
  place: text(200),
  day: text(10),
  time: text(5),
  minutes: integer(),
  capacity: nullable(integer()),
  controlNumber: nullable(text(60)),
  instructorId: nullable(id()),
  visitorName: nullable(text(200)),
  visitorLicence: nullable(text(60)),
  points: text(),
  code: text(8),
  /** Counts what was changed about who came. */
  revision: filled(integer()),
  plannedBy: id(),
  plannedAt: moment(),
  version: nullable(integer()),
  neededMinutes: nullable(integer()),
  signedAt: nullable(moment()),
  endedAt: nullable(moment()),
});

/**
 * Somebody in a session. `minutes`: served, where that is less than the session. `pointsDone`: numbers of its points from 0, as
 * JSON. `cameAt`: when they ticked themselves in; null where somebody did it for them.
 */
export const ClassroomPerson = defineTable('classroom_people', {
  sessionId: key(id()),
  membershipId: key(id()),
  organisationId: id(),
  state: text<'expected' | 'present' | 'absent'>(10),
  minutes: nullable(integer()),
  pointsDone: text(),
  cameAt: nullable(moment()),
  addedBy: nullable(id()),
  addedAt: moment(),
});

/**
 * A signature under a session: who typed which name under which statement, and what it covers (`record`: a `SignedRecord` as
 * JSON, with its SHA-256). Rows are only added; the last one counts.
 */
export const ClassroomSignature = defineTable('classroom_signatures', {
  id: key(id()),
  sessionId: id(),
  organisationId: id(),
  number: integer(),
  kind: text<'signed' | 'corrected' | 'withdrawn'>(10),
  signedBy: id(),
  signedName: text(200),
  statement: text(40),
  statementHash: text(64),
  record: text(),
  recordHash: text(64),
  reason: nullable(text(500)),
  signedAt: moment(),
});

/** How many minutes of a course an organisation asks for in a room. Without a row, each session stands for itself. */
export const CourseHours = defineTable('course_hours', {
  organisationId: key(id()),
  courseSlug: key(text(80)),
  minutes: integer(),
  setBy: nullable(id()),
  setAt: moment(),
});
