import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A link for one course that somebody who manages people mailed to an address: one open link an address and course. Whoever opens it
 * belongs to the organisation from then on, in the unit if there is one. `name`: as it was typed, or ''.
 */
export const CourseLink = defineTable('course_links', {
  id: key(id()),
  organisationId: id(),
  unitId: nullable(id()),
  courseSlug: text(80),
  email: text(254),
  name: text(400),
  tokenHash: text(64),
  sentBy: id(),
  createdAt: moment(),
  expiresAt: moment(),
  sentAt: nullable(moment()),
  outcome: nullable(text<'opened' | 'withdrawn' | 'replaced'>(10)),
  endedAt: nullable(moment()),
  membershipId: nullable(id()),
});
