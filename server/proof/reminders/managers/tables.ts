import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * Somebody who manages a person (`userId`) is told that a duty of that person stays overdue: once for each due day. Moments and
 * days are those of a `DutyReminder`.
 */
export const DutyEscalation = defineTable('duty_escalations', {
  id: key(id()),
  organisationId: id(),
  requirementId: id(),
  assignmentId: id(),
  membershipId: id(),
  dueDay: text(10),
  userId: id(),
  day: text(10),
  recordedAt: moment(),
  announcedAt: nullable(moment()),
  mailedAt: nullable(moment()),
});

/** The summary of a week for somebody who manages people. `day`: the Monday, in the organisation's zone. */
export const DutyDigest = defineTable('duty_digests', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  day: text(10),
  recordedAt: moment(),
});
