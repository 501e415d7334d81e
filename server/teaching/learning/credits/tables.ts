import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A person completed a course on a day in their organisation's zone: a point, never an end, and tied to no requirement. Rows
 * are only added. `sourceId` names the cycle, the classroom session or the certificate from elsewhere that it rests on.
 */
export const Credit = defineTable('credits', {
  id: key(id()),
  organisationId: id(),
  membershipId: id(),
  courseSlug: text(80),
  /** The number of the course's version; null where it is not known. */
  version: nullable(integer()),
  completedOn: text(10),
  /** The last day on which it counts as a certificate of the course would; null for a cycle, whose certificate says it. */
  lastDay: nullable(text(10)),
  source: text<'cycle' | 'session' | 'elsewhere'>(20),
  sourceId: id(),
  recordedAt: moment(),
  actorId: nullable(id()),
});

/**
 * A credit does not cover from one day (inclusive) to another (exclusive; null: for good). Dated twice, as facts of an
 * organisation are: a void that is lifted is retired, and the credit has then always covered.
 */
export const CreditVoid = defineTable('credit_voids', {
  id: key(id()),
  creditId: id(),
  organisationId: id(),
  because: text<'not-earned' | 'issued-in-error' | 'suspended' | 'reopened' | 'revoked-elsewhere' | 'undone'>(
    20,
  ),
  fromDay: text(10),
  toDay: nullable(text(10)),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
});
