import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { record } from '../events/record.js';
import type { Issuer } from './issuer.js';
import { signList } from './status-lists.js';

/** Why a certificate may be withdrawn; each has words on the verify page. */
export const REASONS = ['issued-in-error', 'not-earned', 'holder-asked', 'replaced'] as const;
export type RevocationReason = (typeof REASONS)[number];

/**
 * Withdraw a certificate, for good. The row says who, when and why; strangers see it at once on the verify
 * page, and in the signed status list as soon as the worker has signed it. Throws Conflict when it is done.
 */
export function revoke(
  certificate: { id: string; userId: string; organisationId: string },
  { reason, note }: { reason: RevocationReason; note: string | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const [first] = await rows(
      `insert into revocations (certificate_id, organisation_id, reason, note, actor_id, revoked_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (certificate_id) do nothing returning certificate_id`,
      [certificate.id, certificate.organisationId, reason, note, actorId, now],
    );
    if (!first) throw new Conflict('This certificate is withdrawn already');
    const payload = { certificateId: certificate.id, userId: certificate.userId, reason };
    await record('certificate.revoked', payload, {
      actorId,
      organisationId: certificate.organisationId,
      now,
    });
  });
}

/** Sign the list that a revoked certificate stands in, so that offline readers learn of it. */
export async function publishRevocation(certificateId: string, issuer: Issuer, now: number): Promise<void> {
  const found = await row<{ listId: number }>(
    'select status_list_id as "listId" from certificates where id = $1',
    [certificateId],
  );
  if (found) await signList(found.listId, issuer, now);
}
