import { defineTable, flag, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * What an organisation says of a rule of the map: whether it concerns it, which of its requirements serve it (`requirements`: ids
 * as JSON), and a note. As we said it from `recordedAt` to `retiredAt`.
 */
export const RuleChoice = defineTable('rule_choices', {
  id: key(id()),
  organisationId: id(),
  ruleId: text(60),
  concerns: flag(),
  requirements: text(),
  note: text(1000),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
});

/**
 * An authority approved what a version of a course teaches, from a day to another (exclusive; null: without an end). As we
 * said it from `recordedAt` to `retiredAt`: one that was entered in error is retired and never counts again.
 */
export const ContentApproval = defineTable('content_approvals', {
  id: key(id()),
  organisationId: id(),
  ruleId: text(60),
  authority: text(200),
  number: text(100),
  courseSlug: text(80),
  version: integer(),
  fromDay: text(10),
  toDay: nullable(text(10)),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
  retiredBy: nullable(id()),
});
