import { inTransaction } from '../../../platform/db/transaction.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { indexPerson } from '../search-words.js';
import { hashPassword, passwordFits } from '../sign-in/passwords.js';
import { requestSignInLink } from '../sign-in/sign-in-link.js';
import { Token, User } from '../tables.js';
import { createToken, endTokensOf, lastCameFor, useToken, type CameFor } from './link-tokens.js';

interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** How a link is mailed to somebody who signs up, and what they came for. */
interface SigningUp extends CameFor {
  readonly key: Buffer;
  readonly now: number;
  /** Whether the address may get another mail; if not, the link in its newest mail stands for this sign-up. */
  readonly mayMail: boolean;
}

/**
 * Sign a person up. The caller gives the same answer whether the address was new or not; a mail tells its owner which (a link
 * to confirm, or "you already have an account") and leads on to what they came for. Whoever joins an organisation by its code
 * and has an account gets a link that signs in and joins.
 */
export async function signUp(person: NewPerson, { mayMail, ...asked }: SigningUp): Promise<void> {
  const passwordHash = await hashPassword(person.password);
  const { now, course = null } = asked;
  await inTransaction(async () => {
    const { userId, isNew, isTaken } = await enter({ ...person, passwordHash }, now);
    if (!isTaken && (isNew || mayMail)) return requestConfirmation(userId, asked);
    if (!mayMail) return;
    if (asked.joinCode) return requestSignInLink(person.email, asked);
    await record('account.sign-up-repeated', { userId, course }, by(userId, now));
  });
}

/** Sign a person up without a password: a mailed link signs them in, whether the address was new or not. */
export const signUpForLink = (
  person: Omit<NewPerson, 'password'>,
  { mayMail, ...asked }: SigningUp,
): Promise<void> =>
  inTransaction(async () => {
    const { isNew } = await enter({ ...person, passwordHash: null }, asked.now);
    if (isNew || mayMail) await requestSignInLink(person.email, asked);
  });

/**
 * Mail a link that opens one course and nothing else. Whoever has no account gets one without a password, which they need not
 * know of: their progress and certificate are there when they sign in by a mailed link.
 */
export const signUpForCourse = (
  person: Omit<NewPerson, 'password'>,
  { key, now, course }: { key: Buffer; now: number; course: string },
): Promise<void> =>
  inTransaction(async () => {
    const { userId } = await enter({ ...person, passwordHash: null }, now);
    const tokenId = await createToken('one-course', userId, { key, now, course });
    await record('account.course-link-asked', { userId, tokenId }, by(userId, now));
  });

/**
 * Sign up somebody who holds a link that was mailed to their address, so that nothing is left to confirm. Joins the
 * transaction. Returns the person's id, or null where the address has an account already: its owner signs in.
 */
export async function signUpByLink(
  person: Omit<NewPerson, 'password'> & { readonly passwordHash: string },
  now: number,
): Promise<string | null> {
  const { userId, isTaken } = await enter(person, now);
  if (isTaken) return null;
  await confirmByLink(userId, now);
  return userId;
}

/**
 * The account of an address to which a link was mailed, made without a password where there is none. The link proves the address, and
 * ends a password that another may have chosen for it. Joins the transaction. Returns the person's id.
 */
export async function accountByLink(person: Omit<NewPerson, 'password'>, now: number): Promise<string> {
  const { userId, isTaken } = await enter({ ...person, passwordHash: null }, now);
  if (!isTaken) await confirmByLink(userId, now);
  return userId;
}

async function confirmByLink(userId: string, now: number): Promise<void> {
  await endTokensOf(userId, now);
  await rows(sql`update ${User} set email_confirmed_at = $1 where id = $2`, [now, userId]);
  await record('account.confirmed', { userId }, by(userId, now));
}

/** Whether an address has an account that nobody else can sign up for. */
export const isAddressTaken = async (email: string): Promise<boolean> =>
  Boolean((await row(BY_EMAIL, [email]))?.emailConfirmedAt);

const BY_EMAIL = sql`select ${columns(User, 'u', 'id', 'emailConfirmedAt')} from ${User} u where u.email = $1`;

/**
 * Make an account that is not confirmed yet, or leave one that is as it was (`isTaken`). An unconfirmed address belongs to
 * nobody: the latest sign-up sets name and password.
 */
async function enter(
  { name, email, passwordHash }: Omit<NewPerson, 'password'> & { readonly passwordHash: string | null },
  now: number,
) {
  const isNew = await insertOnce(User, { id: newId(), email, name, passwordHash, createdAt: now });
  const user = await row(BY_EMAIL, [email]);
  if (!user) throw new Error('An account that was just made is missing');
  const { id: userId } = user;
  if (user.emailConfirmedAt) return { userId, isNew, isTaken: true };
  if (isNew) await record('account.created', { userId }, by(userId, now));
  else
    await rows(sql`update ${User} set name = $1, password_hash = $2 where id = $3`, [
      name,
      passwordHash,
      userId,
    ]);
  await indexPerson(userId);
  return { userId, isNew, isTaken: false };
}

/** Mail a new link that confirms the address. It leads where the link before led, unless something else was chosen. */
export function requestConfirmation(
  userId: string,
  { key, now, course, invitation, joinCode }: { key: Buffer; now: number } & CameFor,
): Promise<void> {
  return inTransaction(async () => {
    const last = await lastCameFor(userId, 'confirm-address');
    const chosen = {
      course: course ?? last?.course,
      invitation: invitation ?? last?.invitation,
      joinCode: joinCode ?? last?.joinCode,
    };
    const tokenId = await createToken('confirm-address', userId, { key, now, ...chosen });
    await record('account.confirmation-asked', { userId, tokenId }, by(userId, now));
  });
}

/** The person whose address a link confirms; null when the link is used, expired or unknown. */
export const unconfirmedPerson = (token: string, now: number): Promise<Unconfirmed | null> =>
  row(
    sql`select ${columns(User, 'u', 'id', 'email', 'passwordHash')} from ${Token} t join ${User} u on u.id = t.user_id
        where t.token_hash = $1 and t.purpose = 'confirm-address' and t.used_at is null and t.expires_at > $2`,
    [sha256(token), now],
  );

type Unconfirmed = Readonly<Pick<Row<typeof User>, 'id' | 'email' | 'passwordHash'>>;

/** How confirming an address ended. */
export type Confirmation =
  | {
      readonly kind: 'confirmed';
      readonly userId: string;
      readonly cameFor: Required<CameFor>;
    }
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'no-link' };

/**
 * Confirm an address, with the password of the sign-up. Without the password, somebody could sign up with another person's
 * address and their own password, and that person's click would let them in.
 */
export async function confirmAddress(token: string, password: string, now: number): Promise<Confirmation> {
  const person = await unconfirmedPerson(token, now);
  if (!person) return { kind: 'no-link' };
  if (!(await passwordFits(person.passwordHash, password))) {
    return { kind: 'wrong-password' };
  }
  return inTransaction(async () => {
    const used = await useToken('confirm-address', token, now);
    if (!used?.userId) return { kind: 'no-link' };
    // If another sign-up has set a new password since this one was checked, it stays unconfirmed.
    const [confirmed] = await rows(
      sql`update ${User} set email_confirmed_at = coalesce(email_confirmed_at, $1)
          where id = $2 and password_hash = $3 returning id`,
      [now, used.userId, person.passwordHash],
    );
    if (!confirmed) return { kind: 'no-link' };
    const { userId, ...cameFor } = used;
    await record('account.confirmed', { userId }, by(userId, now));
    return { kind: 'confirmed', userId, cameFor };
  });
}

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
