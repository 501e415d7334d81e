import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { factorAdded, factorRemoved, lockFactors, type Removal } from './own-factors.js';
import { openSecret, sealSecret } from './sealed-secrets.js';
import { AuthenticatorApp } from './tables.js';
import { stepOfCode } from './totp.js';

/** What was typed, when, and the key that seals secrets. */
export interface TypedCode {
  readonly code: string;
  readonly now: number;
  readonly key: Buffer;
}

/** Add an app that shows the codes of this secret, in place of an earlier one. False where the code is not one of them. */
export function addApp(userId: string, secret: string, { code, now, key }: TypedCode): Promise<boolean> {
  const lastStep = stepOfCode(secret, code, now);
  if (lastStep === null) return Promise.resolve(false);
  return inTransaction(async () => {
    await rows(DELETE, [userId]);
    const sealedSecret = sealSecret(secret, userId, key);
    await insert(AuthenticatorApp, { userId, sealedSecret, lastStep, addedAt: now });
    await factorAdded(userId, 'app', now);
    return true;
  });
}

/** Take a person's app away; false where they have none. Throws where it is the last factor and a role asks for one. */
export const removeApp = (userId: string, removal: Removal): Promise<boolean> =>
  inTransaction(async () => {
    await lockFactors(userId);
    const [gone] = await rows(
      sql`${DELETE} returning ${columns(AuthenticatorApp, AuthenticatorApp.table, 'userId')}`,
      [userId],
    );
    if (!gone) return false;
    await factorRemoved(userId, 'app', removal);
    return true;
  });

const DELETE = sql`delete from ${AuthenticatorApp} where user_id = $1`;

const SECRET = sql`select ${columns(AuthenticatorApp, 'a', 'sealedSecret')} from ${AuthenticatorApp} a where a.user_id = $1`;

const TAKE = sql`update ${AuthenticatorApp} set last_step = $2 where user_id = $1 and last_step < $2
  returning ${columns(AuthenticatorApp, AuthenticatorApp.table, 'userId')}`;

/** Take a code of a person's app. Of any number of uses of one code, at once or later, one succeeds. */
export async function takeAppCode(userId: string, { code, now, key }: TypedCode): Promise<boolean> {
  const stored = await row(SECRET, [userId]);
  const step = stored && stepOfCode(openSecret(stored.sealedSecret, userId, key), code, now);
  if (step === null) return false;
  const [taken] = await inTransaction(() => rows(TAKE, [userId, step]));
  return taken !== undefined;
}
