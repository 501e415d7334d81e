import { bigint, defineTable, filled, flag, id, integer, key, moment, nullable, text } from '../db/table.js';

/**
 * A browser's session. Its id is stored as a hash: a leaked table signs nobody in. `entry`: others use the device, too, and
 * the next of them begins at this address. `scope`: what alone it opens, in a word of the slice that limits it; null: everything
 * of its person. `organisationId`: at whose door it began, and whose memberships and roles alone it holds unless it `isWhole`; null: at ours. `provenAt`: when its person last proved
 * that it is they; `vouchedAt`: when that organisation's provider last said so, at our asking.
 * `awaitsFactor`: it opens nothing until they have proven their second factor, too.
 * `browser`, `system`: codes (`lib/user-agents.ts`); `network`: a keyed hash. Null in sessions of before.
 * `providerId`: by whom an organisation's people are let in; `providerSession`: a hash of its own name for the session.
 */
export const Session = defineTable('sessions', {
  idHash: key(text(64)),
  userId: nullable(id()),
  entry: nullable(text(120)),
  scope: nullable(text(80)),
  organisationId: nullable(id()),
  isWhole: filled(flag()),
  createdAt: moment(),
  touchedAt: moment(),
  expiresAt: moment(),
  provenAt: filled(moment()),
  vouchedAt: nullable(moment()),
  awaitsFactor: filled(flag()),
  browser: nullable(text(20)),
  system: nullable(text(20)),
  network: nullable(text(43)),
  providerId: nullable(id()),
  providerSession: nullable(text(64)),
});

/**
 * What was refused in an hour, and how often. `sign-in`: a wrong password or code; `forbidden`, `hidden`: an action of the policy on a
 * thing that the person may see, or may not; `limit`: of tries. `network`: a keyed hash; '': of many together.
 */
export const RefusalCount = defineTable('refusals', {
  id: key(text(64)),
  kind: text<'sign-in' | 'forbidden' | 'hidden' | 'limit'>(10),
  what: text(60),
  network: text(43),
  userId: nullable(id()),
  times: integer(),
  firstAt: moment(),
  lastAt: moment(),
});

/** How often a subject was counted for a limit. The key holds a keyed hash of the subject. */
export const RateLimit = defineTable('rate_limits', {
  key: key(text(255)),
  points: integer(),
  expire: moment(),
});

/** One row: how often access changed, so that a process notices what another changed. */
export const AccessChange = defineTable('access_changes', {
  id: key(integer()),
  number: bigint(),
});

/** One row, written whenever somebody asks whether the server is ready. */
export const Heartbeat = defineTable('heartbeats', {
  id: key(integer()),
  at: moment(),
});
