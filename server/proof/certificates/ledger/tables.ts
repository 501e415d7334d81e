import {
  bigint,
  defineTable,
  filled,
  flag,
  id,
  integer,
  key,
  moment,
  nullable,
  smallint,
  text,
} from '../../../platform/db/table.js';

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

/** One row: the id of the data folder that belongs to this database. */
export const DataFolder = defineTable('data_folders', {
  id: key(integer<1>()),
  folderId: text(36),
});

/**
 * A check of the ledger that an administrator asked for. `inTurn`: 1 while it waits or runs. `done` of `total` steps. `since`, `upTo`:
 * the numbers of the signed heads from which on and up to which it proved. `counted`: rows that it looked at, by their tables; `faults`:
 * how many discrepancies there are; `named`: the first of them; all three once it has ended, two of them as JSON.
 */
export const LedgerCheck = defineTable('ledger_checks', {
  id: key(id()),
  askedBy: id(),
  askedAt: moment(),
  isWhole: flag(),
  state: text<'asked' | 'running' | 'proven' | 'broken' | 'failed'>(10),
  inTurn: nullable(smallint()),
  done: filled(integer()),
  total: filled(integer()),
  finishedAt: nullable(moment()),
  since: nullable(integer()),
  upTo: nullable(integer()),
  counted: nullable(text()),
  faults: nullable(integer()),
  named: nullable(text()),
});
