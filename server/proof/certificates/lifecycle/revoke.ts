import { insert, row } from '../../../platform/db/rows.js';
import { renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { setIndexes } from '../../open-badges/status-list.js';
import { voidCredit } from '../../../teaching/learning/credits/voids.js';
import type { Issuer } from '../issuer/issuer.js';
import type { CertificateFacts } from '../queries.js';
import { currentList, signList } from '../status-lists/status-lists.js';
import { Certificate, Revocation, Suspension } from '../tables.js';
import { lockForStateChange, type ChangedBy } from './lock.js';

/** Why a certificate may be revoked; the verify page has words for each. */
export const REVOCATION_REASONS = ['issued-in-error', 'not-earned', 'holder-asked'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Why a person may suspend a certificate. */
export const SUSPENSION_REASONS = ['under-review', 'holder-asked'] as const;
/** A regrade suspends certificates too, until the course is completed again. */
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number] | 'result-regraded';

type Target = Pick<CertificateFacts, 'id' | 'userId' | 'organisationId'>;

/**
 * Revoke a certificate for good. The row says who did it, when and why. The verify page shows it at once, the signed
 * status list as soon as the worker has signed it. Throws Conflict when the certificate is already revoked, or was
 * replaced: then its replacement has to be revoked.
 */
export function revoke(
  { id: certificateId, userId, organisationId }: Target,
  { reason, note }: { reason: RevocationReason; note: string | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const { cycle } = await lockForStateChange(certificateId);
    await insert(Revocation, { certificateId, organisationId, reason, note, actorId, revokedAt: now });
    const payload = { certificateId, userId, reason };
    // Whoever asked for it gives up the paper, and still knows what they learned.
    if (reason !== 'holder-asked') await voidCredit({ cycleId: cycle.id, because: reason }, { actorId, now });
    await record('certificate.revoked', payload, { actorId, organisationId, now });
  });
}

/**
 * Suspend a certificate. Offline readers see it as revoked, since a bit in the status list is never cleared; our own pages
 * say that it is suspended. Lifting the suspension issues a new certificate (`reinstate`). Throws Conflict when the
 * certificate is not signed yet, or is already suspended, revoked or superseded.
 */
export function suspend(
  { id: certificateId, userId, organisationId }: Target,
  { reason, note }: { reason: SuspensionReason; note: string | null },
  { actorId, now }: ChangedBy,
): Promise<void> {
  return inTransaction(async () => {
    const { isIssued, isSuspended, cycle } = await lockForStateChange(certificateId);
    if (isSuspended) throw new Conflict('This certificate is already suspended');
    if (!isIssued) throw new Conflict('This certificate is not signed yet');
    await insert(Suspension, { certificateId, organisationId, reason, note, actorId, suspendedAt: now });
    const payload = { certificateId, userId, reason };
    if (reason !== 'holder-asked')
      await voidCredit({ cycleId: cycle.id, because: 'suspended' }, { actorId, now });
    await record('certificate.suspended', payload, { actorId, organisationId, now });
  });
}

const STATUS_ENTRY = sql`select ${renamed(Certificate, 'c', { listId: 'statusListId', index: 'statusIndex' })}
  from ${Certificate} c where c.id = $1`;

/**
 * Sign the status list of a certificate, so that offline readers learn of its new state. One signature covers many
 * certificates: a list that already has the bit is not signed again.
 */
export async function publishStateChange(certificateId: string, issuer: Issuer, now: number): Promise<void> {
  const entry = await row(STATUS_ENTRY, [certificateId]);
  if (!entry) return;
  const latest = await currentList(entry.listId, issuer, now);
  if (latest && setIndexes(latest.content).includes(entry.index)) return;
  await signList(entry.listId, issuer, now);
}
