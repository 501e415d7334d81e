import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * What an organisation asks people to sign who have completed a course: a version of a text in a language. `sha256`: of the text in
 * UTF-8. It is asked for from `recordedAt` to `retiredAt`.
 */
export const AcknowledgementStatement = defineTable('acknowledgement_statements', {
  id: key(id()),
  organisationId: id(),
  courseSlug: text(80),
  locale: text(35),
  number: integer(),
  text: text(1000),
  sha256: text(64),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
});

/** Somebody signed a statement after a cycle, by typing their name. */
export const Acknowledgement = defineTable('acknowledgements', {
  id: key(id()),
  organisationId: id(),
  statementId: id(),
  cycleId: id(),
  userId: id(),
  typedName: text(200),
  signedAt: moment(),
});
