import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/** A request to correct the name on a certificate. It belongs to the cycle, since the certificate may be replaced. */
export const NameRequest = defineTable('name_requests', {
  id: key(id()),
  cycleId: id(),
  organisationId: id(),
  userId: id(),
  name: text(400),
  why: text(1000),
  requestedAt: moment(),
  decision: nullable(text<'approved' | 'refused'>(10)),
  decidedBy: nullable(id()),
  decidedAt: nullable(moment()),
  answer: nullable(text(1000)),
});

/** How much of their name the holder of a cycle's certificate lets strangers see. */
export const ShownNameChoice = defineTable('shown_names', {
  cycleId: key(id()),
  organisationId: id(),
  userId: id(),
  shownName: text<'hidden' | 'masked' | 'full'>(10),
  chosenAt: moment(),
});

/** A link that shows the whole record of a cycle's certificate until a set day. Only the hash of its token is stored. */
export const ShareLink = defineTable('share_links', {
  id: key(id()),
  cycleId: id(),
  organisationId: id(),
  userId: id(),
  tokenHash: text(64),
  createdAt: moment(),
  expiresAt: moment(),
  closedAt: nullable(moment()),
});
