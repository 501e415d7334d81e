import { row } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { User } from './models.js';
import { hashPassword, passwordFits } from './passwords.js';
import { createToken, useToken } from './tokens.js';

/**
 * Mail a link that sets a new password, if the address has an account. The caller answers the same either way. `course`:
 * the one to go on to once signed in.
 */
export function askReset(
  email: string,
  { key, now, course = null }: { key: Buffer; now: number; course?: string | null },
): Promise<void> {
  return inTransaction(async () => {
    const user = await User.findOne({ where: { email } });
    if (!user || user.disabledAt) return;
    const tokenId = await createToken('reset-password', user.id, { key, now, course });
    await record('account.reset-asked', { userId: user.id, tokenId }, by(user.id, now));
  });
}

/**
 * Set a new password by a mailed link. Whoever reads the mailbox owns the address, so this confirms it too.
 * Null when the link is used, too old or unknown; otherwise whose sessions must end, and the course they came for.
 */
export async function resetPassword(
  token: string,
  password: string,
  now: number,
): Promise<{ userId: string; course: string | null } | null> {
  const passwordHash = await hashPassword(password);
  return inTransaction(async () => {
    const used = await useToken('reset-password', token, now);
    const user = used?.userId ? await User.findByPk(used.userId) : null;
    if (!used || !user) return null;
    await user.update({ passwordHash, emailConfirmedAt: user.emailConfirmedAt ?? now });
    await record('account.password-changed', { userId: user.id }, by(user.id, now));
    return { userId: user.id, course: used.course };
  });
}

/** Change one's own password. False when the present one is wrong. */
export async function changePassword(
  userId: string,
  { present, next }: { present: string; next: string },
  now: number,
): Promise<boolean> {
  const stored = await row<{ hash: string | null }>('select password_hash as hash from users where id = $1', [
    userId,
  ]);
  if (!(await passwordFits(stored?.hash ?? null, present))) return false;
  const passwordHash = await hashPassword(next);
  await inTransaction(async () => {
    await User.update({ passwordHash }, { where: { id: userId } });
    await record('account.password-changed', { userId }, by(userId, now));
  });
  return true;
}

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
