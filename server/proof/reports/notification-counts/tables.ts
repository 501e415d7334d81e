import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * Somebody notified the organisation of a possible victim: on which day, and on which days a hotline and the police were told
 * (null: they were not). A count and nothing more: who was seen, and what, is never entered. As we said it from `recordedAt` to
 * `retiredAt`.
 */
export const NotificationCount = defineTable('notification_counts', {
  id: key(id()),
  organisationId: id(),
  day: text(10),
  source: text<'staff' | 'passenger'>(10),
  hotlineOn: nullable(text(10)),
  policeOn: nullable(text(10)),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
  retiredBy: nullable(id()),
});
