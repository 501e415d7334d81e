import { defineTable, id, key, moment, nullable, text } from '../../platform/db/table.js';

/**
 * A mail that was begun or sent: one row for each occasion, however often sending it was attempted. Its text is not kept.
 * `organisationId`: the organisation that it is about; null: the account or the installation.
 */
export const MailRecord = defineTable('mails', {
  id: key(id()),
  dedupeKey: text(160),
  kind: text(60),
  userId: id(),
  organisationId: nullable(id()),
  state: text<'sending' | 'sent' | 'failed'>(10),
  createdAt: moment(),
  sentAt: nullable(moment()),
});
