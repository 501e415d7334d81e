import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A certificate whose details were erased. The two hashes are those of its entry in the ledger: they prove that it was issued,
 * and nothing more. `factsUntil`: the first day on which its course and days go, too; null: they stay.
 */
export const Erasure = defineTable('erasures', {
  certificateId: key(id()),
  erasureId: id(),
  sha256: text(64),
  awardSha256: text(64),
  factsUntil: nullable(text(10)),
  actorId: nullable(id()),
  erasedAt: moment(),
});
