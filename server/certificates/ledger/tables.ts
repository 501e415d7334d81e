import { bigint, defineTable, id, integer, key, moment, text } from '../../db/table.js';

/** An entry of the issuance ledger: one for each certificate that was issued, chained by hashes. */
export const IssuanceEntry = defineTable('issuance_ledger', {
  seq: key(bigint()),
  certificateId: id(),
  organisationId: id(),
  sha256: text(64),
  awardSha256: text(64),
  eventSeq: bigint(),
  eventHash: text(64),
  issuedAt: moment(),
  previousHash: text(64),
  hash: text(64),
});

/** Where a chain of events ended when a head was signed, if it had moved since the head before. */
export const VouchedEnd = defineTable('chain_ends', {
  chain: key(text(36)),
  number: key(integer()),
  seq: bigint(),
  hash: text(64),
});

/** A signed head: it vouches for every entry up to the one that it names. */
export const SignedHead = defineTable('ledger_heads', {
  number: key(integer()),
  content: text(),
  sha256: text(64),
  previousSha256: text(64),
  createdAt: moment(),
});
