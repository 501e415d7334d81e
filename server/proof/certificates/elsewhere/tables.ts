import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A certificate that somebody brought from elsewhere. Of a `file` we verified who signed it: `issuer` is a DID, `achievement` its
 * address, and `sha256` of the signed text. Of a `paper` both are as somebody typed them. `endedOn`: since which day an outside
 * issuer says that it does not hold. `statusUrl`, `statusIndex`: where the issuer says whether it revoked it; `statusSaid`: what it
 * said when it was asked last.
 */
export const CertificateElsewhere = defineTable('certificates_elsewhere', {
  id: key(id()),
  organisationId: id(),
  membershipId: id(),
  way: text<'file' | 'paper'>(10),
  issuer: text(300),
  issuerName: text(300),
  achievement: text(500),
  title: text(300),
  holderName: nullable(text(400)),
  number: nullable(text(120)),
  completedOn: text(10),
  lastDay: nullable(text(10)),
  sha256: nullable(text(64)),
  enteredBy: id(),
  enteredAt: moment(),
  state: text<'waiting' | 'counted' | 'refused' | 'revoked' | 'taken-back'>(10),
  courseSlug: nullable(text(80)),
  decidedBy: nullable(id()),
  decidedAt: nullable(moment()),
  reason: nullable(text(500)),
  endedOn: nullable(text(10)),
  endedBy: nullable(id()),
  statusUrl: nullable(text(500)),
  statusIndex: nullable(integer()),
  statusSaid: nullable(text<'good' | 'revoked' | 'unread'>(10)),
  statusAskedAt: nullable(moment()),
});

/** Which course an issuer's achievement stands for in an organisation. */
export const CourseEquivalent = defineTable('course_equivalents', {
  organisationId: key(id()),
  issuer: key(text(300)),
  achievement: key(text(500)),
  courseSlug: text(80),
  decidedBy: id(),
  decidedAt: moment(),
});
