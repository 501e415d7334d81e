import { findCycle } from '../../learning/enrolments.js';
import { certificateOf } from '../queries.js';
import { suspend } from './revoke.js';
import { reinstate } from './supersede.js';
import type { ChangedBy } from './lock.js';

/**
 * A round that was complete is not any more: its certificate is suspended until the course is completed again. Nothing
 * happens where there is none, where it is withdrawn or suspended already, or where the round is complete by now.
 */
export async function suspendWhileOpen(cycleId: string, by: { actorId: string; now: number }): Promise<void> {
  const cycle = await findCycle(cycleId);
  const certificate = await certificateOf(cycleId);
  if (!certificate || cycle?.completedAt !== null) return;
  if (certificate.revokedAt !== null || certificate.suspendedAt !== null) return;
  await suspend(certificate, { reason: 'result-regraded', note: null }, by);
}

/** The round is complete again: lift the suspension that `suspendWhileOpen` made, and no other. */
export async function reinstateWhenComplete(cycleId: string, by: ChangedBy): Promise<void> {
  const certificate = await certificateOf(cycleId);
  if (certificate?.suspensionReason !== 'result-regraded' || certificate.revokedAt !== null) return;
  await reinstate(certificate.id, null, by);
}
