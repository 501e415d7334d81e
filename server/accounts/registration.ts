import { inTransaction } from '../db/transaction.js';
import { rows } from '../db/rows.js';
import { record } from '../events/record.js';
import { newId } from '../lib/ids.js';
import { User } from './models.js';
import { hashPassword } from './passwords.js';
import { createToken, useToken } from './tokens.js';

/** One address, one spelling. */
export const normaliseEmail = (typed: string): string => typed.trim().normalize('NFC').toLowerCase();

/** A name as it is kept and printed: NFC, single spaces. */
export const normaliseName = (typed: string): string => typed.normalize('NFC').replace(/\s+/g, ' ').trim();

interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Sign a person up. The caller answers the same whether the address was new or not; its owner learns the
 * truth by mail (a link to confirm, or "you already have an account").
 */
export async function signUp(person: NewPerson, { key, now }: { key: Buffer; now: number }): Promise<void> {
  const passwordHash = await hashPassword(person.password);
  await inTransaction(async () => {
    const [made] = await rows<{ id: string }>(
      `insert into users (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)
       on conflict (email) do nothing returning id`,
      [newId(), person.email, person.name, passwordHash, now],
    );
    const user = await User.findOne({ where: { email: person.email }, rejectOnEmpty: true });
    if (user.emailConfirmedAt) {
      return record('account.sign-up-repeated', { userId: user.id }, by(user.id, now));
    }
    // An address nobody has confirmed belongs to nobody: the last to ask sets name and password.
    if (made) await record('account.created', { userId: user.id }, by(user.id, now));
    else await user.update({ name: person.name, passwordHash });
    await askToConfirm(user.id, { key, now });
  });
}

/** Mail a (new) link that confirms the address. */
export function askToConfirm(userId: string, { key, now }: { key: Buffer; now: number }): Promise<void> {
  return inTransaction(async () => {
    const tokenId = await createToken('confirm-address', userId, { key, now });
    await record('account.confirmation-asked', { userId, tokenId }, by(userId, now));
  });
}

/** The owner of the mailbox says yes. False when the link is used, too old or unknown. */
export function confirmAddress(token: string, now: number): Promise<boolean> {
  return inTransaction(async () => {
    const used = await useToken('confirm-address', token, now);
    if (!used?.userId) return false;
    await rows('update users set email_confirmed_at = $1 where id = $2 and email_confirmed_at is null', [
      now,
      used.userId,
    ]);
    await record('account.confirmed', { userId: used.userId }, by(used.userId, now));
    return true;
  });
}

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
