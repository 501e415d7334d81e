import { defineTable, id, integer, key, moment } from '../../../platform/db/table.js';

/** A reminder to renew: one for each cycle and stage (days before the certificate expires). */
export const RenewalReminder = defineTable('renewal_reminders', {
  cycleId: key(id()),
  days: key(integer()),
  organisationId: id(),
  remindedAt: moment(),
});
