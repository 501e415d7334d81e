import { defineTable, id, integer, key, moment, text } from '../../../platform/db/table.js';

/** A certificate whose stored record differs from what was signed, until a check finds that it matches again. */
export const CertificateDoubt = defineTable('certificate_doubts', {
  certificateId: key(id()),
  noticedAt: moment(),
});

/** How often certificates were checked on a day (UTC): nothing of who asked, or about whom. */
export const CheckCount = defineTable('certificate_checks', {
  day: key(text(10)),
  way: key(text<'number' | 'file'>(10)),
  verdict: key(text(20)),
  checks: integer(),
});
