import { defineTable, filled, flag, id, integer, key, moment, nullable, text } from '../db/table.js';

/**
 * A browser's session. Its id is stored as a hash: a leaked table signs nobody in. `entry`: others use the device, too, and
 * the next of them begins at this address. `scope`: what alone it opens, in a word of the slice that limits it; null: everything
 * of its person. `provenAt`: when its person last proved that it is they.
 * `awaitsFactor`: it opens nothing until they have proven their second factor, too.
 */
export const Session = defineTable('sessions', {
  idHash: key(text(64)),
  userId: nullable(id()),
  entry: nullable(text(120)),
  scope: nullable(text(80)),
  createdAt: moment(),
  touchedAt: moment(),
  expiresAt: moment(),
  provenAt: filled(moment()),
  awaitsFactor: filled(flag()),
});

/** How often a subject was counted for a limit. The key holds a keyed hash of the subject. */
export const RateLimit = defineTable('rate_limits', {
  key: key(text(255)),
  points: integer(),
  expire: moment(),
});

/** One row, written whenever somebody asks whether the server is ready. */
export const Heartbeat = defineTable('heartbeats', {
  id: key(integer()),
  at: moment(),
});
