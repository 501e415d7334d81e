import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import type { Issuer } from '../issuer/issuer.js';
import { lockForStateChange, type ChangedBy } from './lock.js';
import { currentList, signList } from '../status-lists/status-lists.js';
import { setIndexes } from '../../open-badges/status-list.js';

/** Why a certificate may be withdrawn; each has words on the verify page. */
export const REVOCATION_REASONS = ['issued-in-error', 'not-earned', 'holder-asked'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Why somebody may suspend a certificate for a while. */
export const SUSPENSION_REASONS = ['under-review', 'holder-asked'] as const;
/** A regrade suspends too, until the course is completed again. */
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number] | 'result-regraded';

interface Certificate {
  readonly id: string;
  readonly userId: string;
  readonly organisationId: string;
}

/**
 * Withdraw a certificate, for good. The row says who, when and why; strangers see it at once on the verify
 * page, and in the signed status list as soon as the worker has signed it. Throws Conflict when it is done,
 * or when another certificate has taken its place: that one is to be withdrawn.
 */
export function revoke(
  certificate: Certificate,
  { reason, note }: { reason: RevocationReason; note: string | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    await lockForStateChange(certificate.id);
    await rows(
      `insert into revocations (certificate_id, organisation_id, reason, note, actor_id, revoked_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [certificate.id, certificate.organisationId, reason, note, actorId, now],
    );
    const payload = { certificateId: certificate.id, userId: certificate.userId, reason };
    await record('certificate.revoked', payload, {
      actorId,
      organisationId: certificate.organisationId,
      now,
    });
  });
}

/**
 * Suspend a certificate: offline readers are told that it is revoked, since a bit that was set is never taken
 * back; our own pages say that it is suspended. Lifting the suspension issues it anew (`reinstate`).
 */
export function suspend(
  certificate: Certificate,
  { reason, note }: { reason: SuspensionReason; note: string | null },
  { actorId, now }: ChangedBy,
): Promise<void> {
  return inTransaction(async () => {
    const { issued, suspended } = await lockForStateChange(certificate.id);
    if (suspended) throw new Conflict('This certificate is suspended already');
    if (!issued) throw new Conflict('This certificate is not signed yet');
    await rows(
      `insert into suspensions (certificate_id, organisation_id, reason, note, actor_id, suspended_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [certificate.id, certificate.organisationId, reason, note, actorId, now],
    );
    const payload = { certificateId: certificate.id, userId: certificate.userId, reason };
    await record('certificate.suspended', payload, {
      actorId,
      organisationId: certificate.organisationId,
      now,
    });
  });
}

/**
 * Sign the list that a certificate stands in, so that offline readers learn of the ruling on it. Of many
 * rulings at once the first signature tells of all: a list that says it already is not signed again.
 */
export async function publishStateChange(certificateId: string, issuer: Issuer, now: number): Promise<void> {
  const place = await row<{ listId: number; index: number }>(
    'select status_list_id as "listId", status_index as "index" from certificates where id = $1',
    [certificateId],
  );
  if (!place) return;
  const latest = await currentList(place.listId, issuer, now);
  if (latest && setIndexes(latest.content).includes(place.index)) return;
  await signList(place.listId, issuer, now);
}
