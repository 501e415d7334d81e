import { defineTable, id, integer, key, moment, nullable, text } from '../db/table.js';

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
