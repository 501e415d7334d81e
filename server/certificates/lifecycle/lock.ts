import { row } from '../../db/rows.js';
import { Conflict, NotFound } from '../../errors.js';
import { endOfChain } from '../../events/record.js';
import type { CycleFacts } from '../../learning/enrolments.js';

/** Who rules on a certificate (null: the installation itself), and when (epoch ms). */
export interface ChangedBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** A certificate as a ruling finds it. */
export interface LockedCertificate {
  readonly id: string;
  readonly code: string;
  readonly facts: string;
  readonly cycle: Pick<CycleFacts, 'id' | 'organisationId' | 'userId' | 'courseVersionId'>;
  readonly issued: boolean;
  readonly suspended: boolean;
}

/**
 * A certificate that may still be ruled on, held until the transaction ends: rulings take turns, since two at
 * once (withdraw it, replace it) would each be right alone. Throws Conflict for one that is withdrawn or has
 * been replaced.
 */
export async function lockForStateChange(certificateId: string): Promise<LockedCertificate> {
  await endOfChain();
  const found = await row<
    Omit<LockedCertificate, 'cycle' | 'issued' | 'suspended'> & {
      organisationId: string;
      userId: string;
      cycleId: string;
      courseVersionId: string;
      issuedAt: number | null;
      supersededAt: number | null;
      revokedAt: number | null;
      suspendedAt: number | null;
    }
  >(
    `select c.id, c.code, c.facts, c.organisation_id as "organisationId", c.user_id as "userId",
       c.cycle_id as "cycleId", c.course_version_id as "courseVersionId", c.issued_at as "issuedAt",
       c.superseded_at as "supersededAt", r.revoked_at as "revokedAt", s.suspended_at as "suspendedAt"
     from certificates c left join revocations r on r.certificate_id = c.id
       left join suspensions s on s.certificate_id = c.id
     where c.id = $1`,
    [certificateId],
  );
  if (!found) throw new NotFound('There is no such certificate');
  if (found.revokedAt !== null) throw new Conflict('This certificate is withdrawn already');
  if (found.supersededAt !== null) throw new Conflict('Another certificate has taken the place of this one');
  const { id, code, facts, organisationId, userId, cycleId, courseVersionId } = found;
  return {
    id,
    code,
    facts,
    cycle: { id: cycleId, organisationId, userId, courseVersionId },
    issued: found.issuedAt !== null,
    suspended: found.suspendedAt !== null,
  };
}
