import { row } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { createToken, lastCameFor, useToken, type CameFor } from '../sign-up/link-tokens.js';
import { tellOfMerge } from '../merged-accounts.js';
import { requestReset } from '../sign-up/recovery.js';
import { Token, User } from '../tables.js';

const BY_EMAIL = sql`select ${columns(User, 'u', 'id', 'emailConfirmedAt', 'passwordHash')} from ${User} u
  where u.email = $1 and u.disabled_at is null`;

/**
 * Mail a link that signs in, if the address has an account. The caller gives the same answer either way. The link leads to
 * what its person came for. Where somebody chose a password and the address was never confirmed, the link sets a new one
 * instead: it may have been somebody else, who would be let in by it later.
 */
export const requestSignInLink = (
  email: string,
  { key, now, ...cameFor }: { key: Buffer; now: number } & CameFor,
): Promise<void> =>
  inTransaction(async () => {
    const user = await row(BY_EMAIL, [email]);
    if (!user) return tellOfMerge(email, now);
    const isNew = !user.emailConfirmedAt;
    if (isNew && user.passwordHash) return requestReset(email, { key, now, course: cameFor.course ?? null });
    const last = isNew ? await lastCameFor(user.id, 'sign-in') : null;
    const course = cameFor.course ?? last?.course;
    const joinCode = cameFor.joinCode ?? last?.joinCode;
    const tokenId = await createToken('sign-in', user.id, { key, now, course, joinCode });
    const who = { actorId: user.id, organisationId: null, now };
    await record('account.sign-in-link-asked', { userId: user.id, tokenId }, who);
  });

/** Links that sign in, to everything of their person or to one course, and those that set a new password. */
type LinkKind = 'sign-in' | 'one-course' | 'reset-password';

/** Whose link it is, without using it; null where it does not work. */
export const personOfLink = (token: string, now: number, purpose: LinkKind = 'sign-in') =>
  row(
    sql`select ${renamed(User, 'u', { email: 'email', name: 'name' })} from ${Token} t join ${User} u on u.id = t.user_id
        where t.token_hash = $1 and t.purpose = $3 and t.used_at is null and t.expires_at > $2`,
    [sha256(token), now, purpose],
  );

/**
 * Use a link: who it signs in, and what they came for. Null where it does not work; of several uses one succeeds. It proves
 * the address of somebody who has not confirmed it, and ends a password that another may have chosen for it meanwhile.
 */
export const useSignInLink = (
  token: string,
  now: number,
  purpose: 'sign-in' | 'one-course' = 'sign-in',
): Promise<({ userId: string } & Required<CameFor>) | null> =>
  inTransaction(async () => {
    const used = await useToken(purpose, token, now);
    if (!used?.userId) return null;
    const { userId } = used;
    if (await row(CONFIRM, [now, userId]))
      await record('account.confirmed', { userId }, { actorId: userId, organisationId: null, now });
    return { ...used, userId };
  });

const CONFIRM = sql`update ${User} set email_confirmed_at = $1, password_hash = null
  where id = $2 and email_confirmed_at is null returning id`;
