import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, sql } from '../../../platform/db/sql.js';
import { toHold } from '../../../platform/db/transaction.js';
import { Conflict, NotFound } from '../../../errors.js';
import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import { Certificate, Revocation, Suspension } from '../tables.js';

/** Who changes the state of a certificate (null: the installation itself), and when (epoch ms). */
export interface ChangedBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** A certificate whose state may be changed by the transaction that locked it. */
export interface LockedCertificate {
  readonly id: string;
  readonly code: string;
  readonly facts: string;
  readonly cycle: Pick<CycleFacts, 'id' | 'organisationId' | 'userId' | 'courseVersionId'>;
  readonly isIssued: boolean;
  readonly isSuspended: boolean;
}

const FIND = sql`select ${columns(
  Certificate,
  'c',
  'id',
  'code',
  'facts',
  'organisationId',
  'userId',
  'cycleId',
  'courseVersionId',
  'issuedAt',
  'supersededAt',
)}, ${orNull(columns(Revocation, 'r', 'revokedAt'))}, ${orNull(columns(Suspension, 's', 'suspendedAt'))}
  from ${Certificate} c left join ${Revocation} r on r.certificate_id = c.id
    left join ${Suspension} s on s.certificate_id = c.id
  where c.id = $1`;

/**
 * Lock a certificate until the transaction ends, so that its state changes once at a time: revoking and replacing it at
 * the same moment would each be right alone. Throws NotFound for an unknown id, and Conflict for a certificate that is
 * revoked or superseded.
 */
export async function lockForStateChange(certificateId: string): Promise<LockedCertificate> {
  await rows(sql`select id from ${Certificate} where id = $1${toHold()}`, [certificateId]);
  const found = await row(FIND, [certificateId]);
  if (!found) throw new NotFound('There is no such certificate');
  if (found.revokedAt !== null) throw new Conflict('This certificate is already revoked');
  if (found.supersededAt !== null) throw new Conflict('This certificate was replaced by another one');
  const { id, code, facts, organisationId, userId, cycleId, courseVersionId } = found;
  return {
    id,
    code,
    facts,
    cycle: { id: cycleId, organisationId, userId, courseVersionId },
    isIssued: found.issuedAt !== null,
    isSuspended: found.suspendedAt !== null,
  };
}
