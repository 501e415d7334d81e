import { row } from '../../db/rows.js';
import { columns, renamed, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { sha256 } from '../../lib/tokens.js';
import { createToken, useToken } from '../sign-up/link-tokens.js';
import { requestReset } from '../sign-up/recovery.js';
import { Token, User } from '../tables.js';

const BY_EMAIL = sql`select ${columns(User, 'u', 'id', 'emailConfirmedAt')} from ${User} u
  where u.email = $1 and u.disabled_at is null`;

/**
 * Mail a link that signs in, if the address has an account. The caller gives the same answer either way. `course`: where to go
 * on. Where the address was never confirmed, the link sets a new password instead: somebody else may have chosen the one
 * that there is, and would be let in by it later.
 */
export const requestSignInLink = (
  email: string,
  { key, now, course }: { key: Buffer; now: number; course: string | null },
): Promise<void> =>
  inTransaction(async () => {
    const user = await row(BY_EMAIL, [email]);
    if (!user) return;
    if (!user.emailConfirmedAt) return requestReset(email, { key, now, course });
    const tokenId = await createToken('sign-in', user.id, { key, now, course });
    const who = { actorId: user.id, organisationId: null, now };
    await record('account.sign-in-link-asked', { userId: user.id, tokenId }, who);
  });

/** Whose link it is, without using it; null where it does not work. */
export const personOfLink = (token: string, now: number) =>
  row(
    sql`select ${renamed(User, 'u', { email: 'email' })} from ${Token} t join ${User} u on u.id = t.user_id
        where t.token_hash = $1 and t.purpose = 'sign-in' and t.used_at is null and t.expires_at > $2`,
    [sha256(token), now],
  );

/** Use a link: who it signs in, and the course that they came for. Null where it does not work; of several uses one succeeds. */
export const useSignInLink = (
  token: string,
  now: number,
): Promise<{ userId: string; course: string | null } | null> =>
  inTransaction(async () => {
    const used = await useToken('sign-in', token, now);
    return used?.userId ? { userId: used.userId, course: used.course } : null;
  });
