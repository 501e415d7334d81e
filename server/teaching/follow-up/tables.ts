import { defineTable, id, integer, key, moment, nullable, text } from '../../platform/db/table.js';

/**
 * One short form beside the quizzes of a cycle: `form` is JSON, its items and the order of their options. It is no attempt:
 * no pass, no limit and no item statistics count it. Of a refresher, `dueAt` is its day, and `announcedAt` when its mail
 * was requested.
 */
export const Measurement = defineTable('measurements', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  cycleId: id(),
  courseVersionId: id(),
  kind: text<'baseline' | 'post' | 'refresher-7' | 'refresher-30' | 'refresher-90'>(20),
  form: text(),
  dueAt: nullable(moment()),
  announcedAt: nullable(moment()),
  startedAt: nullable(moment()),
  finishedAt: nullable(moment()),
  skippedAt: nullable(moment()),
});

/** The first answer to one slot. Module and objective are stored with it, so that SQL can count by them. */
export const MeasurementAnswer = defineTable('measurement_answers', {
  measurementId: key(id()),
  organisationId: id(),
  slot: key(integer()),
  itemId: text(80),
  module: text(80),
  objective: text(80),
  response: text(),
  points: integer(),
  answeredAt: moment(),
});
