import { findCycle } from '../../../teaching/learning/enrolments.js';
import { certificateOf } from '../queries.js';
import type { ChangedBy } from './lock.js';
import { suspend } from './revoke.js';
import { reinstate } from './supersede.js';

/**
 * A completed cycle was reopened: suspend its certificate until the course is completed again. Does nothing when there is
 * no certificate, when it is already revoked or suspended, or when the cycle is complete again by now.
 */
export async function suspendWhileOpen(cycleId: string, by: { actorId: string; now: number }): Promise<void> {
  const cycle = await findCycle(cycleId);
  const certificate = await certificateOf(cycleId);
  if (!certificate || cycle?.completedAt !== null) return;
  if (certificate.revokedAt !== null || certificate.suspendedAt !== null) return;
  await suspend(certificate, { reason: 'result-regraded', note: null }, by);
}

/** The cycle is complete again: lift the suspension that `suspendWhileOpen` made, and no other. */
export async function reinstateWhenComplete(cycleId: string, by: ChangedBy): Promise<void> {
  const certificate = await certificateOf(cycleId);
  if (certificate?.suspensionReason !== 'result-regraded' || certificate.revokedAt !== null) return;
  await reinstate(certificate.id, null, by);
}
