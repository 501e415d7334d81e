import { eraseRows, type ErasedBy, type PersonIds } from '../../platform/db/personal-data.js';
import { rows } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { endSessionsOf } from '../../platform/http/security/sessions.js';
import { accountData, ERASED_NAME } from './account-data.js';
import { noAddress } from './no-address.js';
import { personChanged } from './people.js';
import { endTokensOf } from './sign-up/link-tokens.js';
import { User } from './tables.js';

/** Nobody can use an account any more that is to be erased. Joins the transaction of the decision. */
export async function closeAccount(userId: string, now: number): Promise<void> {
  await rows(
    sql`update ${User} set disabled_at = coalesce(disabled_at, $2), is_administrator = $3 where id = $1`,
    [userId, now, false],
  );
  await endSessionsOf(userId);
  await endTokensOf(userId, now);
  personChanged(userId);
}

const BLANK = sql`update ${User} set name = $2, email = $3, password_hash = null, email_confirmed_at = null,
    is_discreet = $4, words_due = $4, disabled_at = coalesce(disabled_at, $5), erased_at = coalesce(erased_at, $5)
  where id = $1`;

/** Erase an account: a number is left, to which what stays refers. */
export const eraseAccount = (whose: PersonIds, { now }: Pick<ErasedBy, 'now'>): Promise<void> =>
  inTransaction(async () => {
    const { userId } = whose;
    if (userId === null) return;
    await rows(BLANK, [userId, ERASED_NAME, noAddress(userId), false, now]);
    await eraseRows(accountData, whose);
    personChanged(userId);
  });
