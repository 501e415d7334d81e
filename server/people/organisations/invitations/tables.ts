import { defineTable, id, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A link by which somebody joins their account to a membership: one open link a membership. `email`: where it was sent; the
 * link works only while that is the membership's address. `invitedBy` null: a reminder invited them. `bounced`: there is no such address;
 * `declined`: its reader said that it was not for them. `role`: what whoever accepts may do from then on; null: they learn.
 */
export const Invitation = defineTable('invitations', {
  id: key(id()),
  organisationId: id(),
  membershipId: id(),
  email: text(254),
  tokenHash: text(64),
  invitedBy: nullable(id()),
  createdAt: moment(),
  expiresAt: moment(),
  sentAt: nullable(moment()),
  outcome: nullable(text<'accepted' | 'withdrawn' | 'replaced' | 'bounced' | 'declined'>(10)),
  endedAt: nullable(moment()),
  acceptedBy: nullable(id()),
  role: nullable(text<'manager' | 'instructor' | 'administrator'>(20)),
  roleUnitId: nullable(id()),
  roleFromDay: nullable(text(10)),
  roleUntilDay: nullable(text(10)),
});
