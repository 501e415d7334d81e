import { insertOnce, row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { newId } from '../../../../platform/lib/ids.js';
import { factorAdded, factorRemoved, lockFactors, type Removal } from '../own-factors.js';
import { Passkey } from '../tables.js';

/** What an authenticator has made: never its secret. */
export type MadePasskey = Pick<Row<typeof Passkey>, 'credentialId' | 'publicKey' | 'counter'>;

/** What an answer of a passkey is checked by. */
export type KnownPasskey = NonNullable<(typeof KNOWN)['row']>;

/** Add a passkey to a person. False where it is somebody's already. */
export const addPasskey = (
  userId: string,
  made: MadePasskey,
  { name, now }: { readonly name: string; readonly now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const isNew = await insertOnce(Passkey, { id: newId(), userId, ...made, name, addedAt: now });
    if (isNew) await factorAdded(userId, 'passkey', now);
    return isNew;
  });

const RENAME = sql`update ${Passkey} set name = $3 where user_id = $1 and id = $2`;

/** Give one's own passkey another name. */
export const renamePasskey = (userId: string, id: string, name: string): Promise<unknown> =>
  inTransaction(() => rows(RENAME, [userId, id, name]));

const REMOVE = sql`delete from ${Passkey} where user_id = $1 and id = $2
  returning ${columns(Passkey, Passkey.table, 'id')}`;

/** Remove one's own passkey; one that is gone is no fault. Throws where it is the last factor and a role asks for one. */
export const removePasskey = (userId: string, id: string, removal: Removal): Promise<void> =>
  inTransaction(async () => {
    await lockFactors(userId);
    const [gone] = await rows(REMOVE, [userId, id]);
    if (gone) await factorRemoved(userId, 'passkey', removal);
  });

const KNOWN = sql`select ${columns(Passkey, 'k', 'id', 'userId', 'credentialId', 'publicKey')}
  from ${Passkey} k where k.credential_id = $1`;

/** The passkey that an answer names; null where nobody has it. */
export const passkeyNamed = (credentialId: string): Promise<KnownPasskey | null> =>
  row(KNOWN, [credentialId]);

// A device that does not count says 0 each time (Web Authentication, section 6.1.1).
const COUNT = sql`update ${Passkey} set counter = $2, last_used_at = $3
  where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))
  returning ${columns(Passkey, Passkey.table, 'id')}`;

/**
 * A passkey was used for the `counter`th time. False where it had counted as far before: then there are two of it, and its owner is
 * told. Of two uses at once with one counter, one succeeds.
 */
export const countUse = (
  { id, userId }: KnownPasskey,
  { counter, now }: { readonly counter: number; readonly now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const [counted] = await rows(COUNT, [id, counter, now]);
    if (!counted)
      await record(
        'account.passkey-refused',
        { userId, passkeyId: id },
        { actorId: null, organisationId: null, now },
      );
    return counted !== undefined;
  });
