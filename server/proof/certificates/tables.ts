import { bigint, defineTable, id, integer, key, moment, nullable, text } from '../../platform/db/table.js';

/**
 * A certificate: what was fixed at the award, and then the exact bytes that were signed. `facts` is JSON: everything that
 * the credential and the paper say. `supersededAt` is null for the one certificate that stands for its cycle and its code.
 */
export const Certificate = defineTable('certificates', {
  id: key(id()),
  code: text(16),
  organisationId: id(),
  userId: id(),
  cycleId: id(),
  courseVersionId: id(),
  holderName: text(400),
  facts: text(),
  statusListId: integer(),
  statusIndex: integer(),
  awardedAt: moment(),
  validUntil: nullable(moment()),
  keyId: nullable(text(80)),
  credential: nullable(text()),
  sha256: nullable(text(64)),
  seal: nullable(text()),
  ledgerSeq: nullable(bigint()),
  ledgerHead: nullable(text(64)),
  issuedAt: nullable(moment()),
  supersededAt: nullable(moment()),
  createdAt: moment(),
});

/** A certificate was revoked: who did it, when and why. Nobody: a published status list told of it after a restore. */
export const Revocation = defineTable('revocations', {
  certificateId: key(id()),
  organisationId: id(),
  reason: text(40),
  note: nullable(text(1000)),
  actorId: nullable(id()),
  revokedAt: moment(),
});

/** A certificate was suspended. Lifting the suspension supersedes the certificate; the row stays. */
export const Suspension = defineTable('suspensions', {
  certificateId: key(id()),
  organisationId: id(),
  reason: text(40),
  note: nullable(text(1000)),
  actorId: nullable(id()),
  suspendedAt: moment(),
});

/** Which certificate replaced which, and why. `dedupeKey`: each occasion makes one new certificate. */
export const Supersession = defineTable('supersessions', {
  certificateId: key(id()),
  replacementId: id(),
  organisationId: id(),
  reason: text(40),
  note: nullable(text(1000)),
  actorId: nullable(id()),
  dedupeKey: nullable(text(160)),
  supersededAt: moment(),
});

/** One row: the time up to which completed cycles were searched for missing certificates. */
export const CertificateSearch = defineTable('certificate_searches', {
  id: key(integer<1>()),
  completedUntil: moment(),
});
