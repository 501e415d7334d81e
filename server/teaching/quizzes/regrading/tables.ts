import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/** A regrade: a draft until somebody confirms it, then carried out attempt by attempt. */
export const Regrade = defineTable('regrades', {
  id: key(id()),
  courseSlug: text(80),
  quiz: text(80),
  itemId: text(40),
  kind: text<'void' | 'key' | 'accept' | 'lift'>(10),
  fromVersion: integer(),
  toVersion: integer(),
  keyVersion: nullable(integer()),
  /** JSON: answers that are right beside the key. */
  answers: text(),
  reason: text(1000),
  /** Why passes are withdrawn; null where they are kept. */
  withdrawalReason: nullable(text(1000)),
  state: text<'draft' | 'running' | 'done'>(10),
  /** The number of the newest ruling on the quiz when the preview was made; 0 for none. */
  lastRuling: integer(),
  /** How many attempts the preview read; null until it has read them all. */
  lookedAt: nullable(integer()),
  /** SHA-256 of what the preview read. */
  seenHash: nullable(text(64)),
  createdBy: id(),
  createdAt: moment(),
  confirmedBy: nullable(id()),
  confirmedAt: nullable(moment()),
  finishedAt: nullable(moment()),
});

/** What the preview of a regrade shows for one attempt. */
export const RegradeLine = defineTable('regrade_lines', {
  regradeId: key(id()),
  attemptId: key(id()),
  organisationId: id(),
  cycleId: id(),
  change: text<'passed' | 'points' | 'kept' | 'withdrawn'>(10),
  certificate: text<'none' | 'issue' | 'replace' | 'suspend'>(10),
  pointsBefore: integer(),
  rightBefore: integer(),
  pointsAfter: integer(),
  rightAfter: integer(),
});

/** A ruling on a published question. Numbers rise with time; rows are only added. */
export const ItemRuling = defineTable('item_rulings', {
  number: key(integer()),
  regradeId: id(),
  courseSlug: text(80),
  quiz: text(80),
  itemId: text(40),
  kind: text<'void' | 'key' | 'accept' | 'lift'>(10),
  fromVersion: integer(),
  toVersion: integer(),
  keyVersion: nullable(integer()),
  /** JSON: answers that are right beside the key. */
  answers: text(),
  reason: text(1000),
  actorId: id(),
  createdAt: moment(),
});

/** What a regrade did to one attempt. Rows are only added. */
export const AttemptRegrade = defineTable('attempt_regrades', {
  attemptId: key(id()),
  regradeId: key(id()),
  organisationId: id(),
  change: text<'passed' | 'points' | 'kept' | 'withdrawn'>(10),
  /** JSON: the result before, with its slots. */
  before: text(),
  /** JSON: the result after, with its slots unless the pass was kept. */
  after: text(),
  regradedAt: moment(),
});
