import { defineTable, filled, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A version of a requirement that somebody has composed and not confirmed, and what it would do. `afterNumber`: the newest
 * version that they saw. `outcome` is a `Rehearsal` as JSON, `digest` its hash; `seenOutcome`: the one that was confirmed when
 * another came out. `done` of `people`: how far it is reckoned. `keptAs`: the requirement that came of it.
 */
export const RequirementDraft = defineTable('requirement_drafts', {
  id: key(id()),
  organisationId: id(),
  requirementId: nullable(id()),
  afterNumber: integer(),
  title: text(200),
  fromDay: text(10),
  rule: text(),
  state: filled(text<'rehearsing' | 'rehearsed' | 'confirming' | 'kept' | 'refused'>(12)),
  done: filled(integer()),
  people: filled(integer()),
  outcome: nullable(text()),
  digest: nullable(text(64)),
  seenOutcome: nullable(text()),
  keptAs: nullable(id()),
  actorId: id(),
  createdAt: moment(),
});
