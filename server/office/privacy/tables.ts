import { defineTable, filled, id, integer, key, moment, nullable, text } from '../../platform/db/table.js';

/** Somebody asked for all that is held of them. `size`: of the file, in bytes; the row goes with it. */
export const DataExport = defineTable('data_exports', {
  id: key(id()),
  userId: id(),
  state: text<'asked' | 'ready'>(10),
  askedAt: moment(),
  madeAt: nullable(moment()),
  expiresAt: nullable(moment()),
  size: nullable(integer()),
});

/**
 * Somebody is to be erased: an account, or a membership without one. Nobody in `askedBy` or `decidedBy`: it was done at the
 * command line, or by the program itself. `why` and `because`: why it was asked for, and decided.
 */
export const ErasureRequest = defineTable('erasure_requests', {
  id: key(id()),
  userId: nullable(id()),
  membershipId: nullable(id()),
  askedBy: nullable(id()),
  why: text(500),
  askedAt: moment(),
  state: text<'asked' | 'withdrawn' | 'refused' | 'decided' | 'done'>(10),
  decidedBy: nullable(id()),
  decidedAt: nullable(moment()),
  because: nullable(text(500)),
  stepsDone: filled(integer()),
  finishedAt: nullable(moment()),
});

/** While one stands, nothing of somebody is erased. */
export const LegalHold = defineTable('legal_holds', {
  id: key(id()),
  userId: nullable(id()),
  membershipId: nullable(id()),
  why: text(500),
  placedBy: nullable(id()),
  placedAt: moment(),
  liftedBy: nullable(id()),
  liftedAt: nullable(moment()),
});
