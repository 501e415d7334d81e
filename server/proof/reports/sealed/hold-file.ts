import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { SealedFile } from '../tables.js';
import type { Requester, StoredFile } from './sealed-files.js';

type Held = Pick<StoredFile, 'id' | 'kind' | 'organisationId'>;

const HOLD = sql`update ${SealedFile} set held_at = $2, held_by = $3, held_why = $4
  where id = $1 and state = 'ready' and held_at is null returning 1 as held`;

/** Place a legal hold on a file: neither its day nor anybody removes it while that stands. False: it stands already, or the file is gone. */
export const holdFile = (
  { id, kind, organisationId }: Held,
  why: string,
  { actorId, now }: Requester,
): Promise<boolean> =>
  inTransaction(async () => {
    if ((await rows(HOLD, [id, now, actorId, why])).length === 0) return false;
    await record('sealed-file.held', { fileId: id, kind }, { actorId, organisationId, now });
    return true;
  });

const LIFT = sql`update ${SealedFile} set held_at = null, held_by = null, held_why = null
  where id = $1 and held_at is not null returning 1 as lifted`;

/** Lift it: if the day of the file has passed, it is removed soon. False: none stands. */
export const liftFileHold = (
  { id, kind, organisationId }: Held,
  { actorId, now }: Requester,
): Promise<boolean> =>
  inTransaction(async () => {
    if ((await rows(LIFT, [id])).length === 0) return false;
    await record('sealed-file.hold-lifted', { fileId: id, kind }, { actorId, organisationId, now });
    return true;
  });
