import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { tellOfMerge } from '../merged-accounts.js';
import { hashPassword, passwordFits } from '../sign-in/passwords.js';
import { User } from '../tables.js';
import { createToken, useToken } from './link-tokens.js';

/**
 * Mail a link for setting a new password, if the address has an account. The caller gives the same answer either way.
 * `course`: where to go on once signed in.
 */
export function requestReset(
  email: string,
  { key, now, course = null }: { key: Buffer; now: number; course?: string | null },
): Promise<void> {
  return inTransaction(async () => {
    const user = await row(
      sql`select ${columns(User, 'u', 'id')} from ${User} u where u.email = $1 and u.disabled_at is null`,
      [email],
    );
    if (!user) return tellOfMerge(email, now);
    const tokenId = await createToken('reset-password', user.id, { key, now, course });
    await record('account.reset-asked', { userId: user.id, tokenId }, by(user.id, now));
  });
}

/**
 * Set a new password with a mailed link. Whoever reads the mailbox owns the address, so this confirms it, too. Returns null
 * when the link is used, expired or unknown; otherwise the person, whose sessions the caller ends, and the course they came
 * for.
 */
export async function resetPassword(
  token: string,
  password: string,
  now: number,
): Promise<{ userId: string; course: string | null } | null> {
  const passwordHash = await hashPassword(password);
  return inTransaction(async () => {
    const used = await useToken('reset-password', token, now);
    if (!used?.userId) return null;
    const { userId, course } = used;
    const isNew = await row(CONFIRM, [now, userId]);
    await rows(sql`update ${User} set password_hash = $1 where id = $2`, [passwordHash, userId]);
    if (isNew) await record('account.confirmed', { userId }, by(userId, now));
    await record('account.password-changed', { userId }, by(userId, now));
    return { userId, course };
  });
}

const CONFIRM = sql`update ${User} set email_confirmed_at = $1 where id = $2 and email_confirmed_at is null returning id`;

const HASH = sql`select ${columns(User, 'u', 'passwordHash')} from ${User} u where u.id = $1`;

/** Whether a person has a password; whoever joined without one signs in by mailed links, or chooses one by such a link. */
export const hasPassword = async (userId: string): Promise<boolean> =>
  Boolean((await row(HASH, [userId]))?.passwordHash);

/** Whether a text is a person's password; false for whoever has none. */
export const isOwnPassword = async (userId: string, text: string): Promise<boolean> =>
  passwordFits((await row(HASH, [userId]))?.passwordHash ?? null, text);

/** Change one's own password. False when the present one is wrong. */
export async function changePassword(
  userId: string,
  { present, next }: { present: string; next: string },
  now: number,
): Promise<boolean> {
  if (!(await isOwnPassword(userId, present))) return false;
  const passwordHash = await hashPassword(next);
  await inTransaction(async () => {
    await rows(sql`update ${User} set password_hash = $1 where id = $2`, [passwordHash, userId]);
    await record('account.password-changed', { userId }, by(userId, now));
  });
  return true;
}

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
