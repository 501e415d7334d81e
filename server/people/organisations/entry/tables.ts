import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/** The code by which people name their organisation when they sign in with a staff number. It is printed, so it never changes. */
export const Entrance = defineTable('entrances', {
  organisationId: key(id()),
  code: text(6),
  madeAt: moment(),
});

/**
 * A printed one-time code of somebody without an e-mail address: one open code a membership. Its text is computed from the id
 * and a key that the database does not hold. Nobody in `madeBy`: it was made at the command line.
 */
export const EntryCode = defineTable('entry_codes', {
  id: key(id()),
  organisationId: id(),
  membershipId: id(),
  madeBy: nullable(id()),
  madeAt: moment(),
  expiresAt: moment(),
  outcome: nullable(text<'used' | 'replaced'>(10)),
  endedAt: nullable(moment()),
});
