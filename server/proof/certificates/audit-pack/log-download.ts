import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';

/** Record who took the pack of a certificate, before the first byte is sent. `organisationId`: whose it is. */
export const recordDownload = (
  what: { certificateId: string; organisationId: string },
  { actorId, now }: { actorId: string; now: number },
): Promise<void> =>
  inTransaction(() =>
    record(
      'audit-pack.taken',
      { certificateId: what.certificateId },
      { actorId, organisationId: what.organisationId, now },
    ),
  );
