import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { indexPerson } from '../search-words.js';
import { passwordFits } from '../sign-in/passwords.js';
import { endTokensOf } from '../sign-up/link-tokens.js';
import { AddressChange, User } from '../tables.js';
import { freeAddress } from './free-address.js';

const DAY = 86_400_000;

/** For how many days the old address can undo a change. */
export const UNDO_DAYS = 7;

/** Until when (epoch ms) the link to a new address works. */
export const confirmUntil = (askedAt: number): number => askedAt + DAY;

/** A change of address, in whatever state. */
export type ChangeOfAddress = Row<typeof AddressChange>;

const CHANGE = sql`select ${columns(AddressChange, 'c', 'id', 'userId', 'oldEmail', 'newEmail', 'askedAt', 'confirmedAt', 'endedAt')}
  from ${AddressChange} c`;
const BY_ID = sql`${CHANGE} where c.id = $1`;

/** A change by its id; null once its addresses were removed. */
export const addressChange = (id: string): Promise<ChangeOfAddress | null> => row(BY_ID, [id]);

const WAITING = sql`${CHANGE} where c.user_id = $1 and c.confirmed_at is null and c.ended_at is null and c.asked_at > $2`;

/** The change that waits for its new address to be confirmed; null where there is none. */
export const waitingChange = (userId: string, now: number): Promise<ChangeOfAddress | null> =>
  row(WAITING, [userId, now - DAY]);

const ACCOUNT = sql`select ${columns(User, 'u', 'email', 'passwordHash', 'disabledAt')} from ${User} u where u.id = $1`;

/**
 * Ask for another address. Nothing changes until its mailbox confirms, and the answer is the same whether or not the address
 * has an account already. A change that was asked for before is replaced.
 */
export async function askForAddress(
  userId: string,
  { email, password }: { email: string; password: string },
  now: number,
): Promise<'asked' | 'wrong-password' | 'same'> {
  const account = await row(ACCOUNT, [userId]);
  if (!account || !(await passwordFits(account.passwordHash, password))) return 'wrong-password';
  if (account.email === email) return 'same';
  await inTransaction(async () => {
    await rows(sql`select id from ${User} where id = $1${toHold()}`, [userId]);
    await endWaiting(userId, now);
    const change = { id: newId(), userId, oldEmail: account.email, newEmail: email, askedAt: now };
    await insert(AddressChange, change);
    await record('account.address-change-asked', { userId, changeId: change.id }, by(userId, now));
  });
  return 'asked';
}

/** Take back what was asked for and not yet confirmed. */
export const stopOwnChange = (userId: string, now: number): Promise<void> =>
  inTransaction(async () => {
    for (const { id } of await endWaiting(userId, now))
      await record(
        'account.address-change-stopped',
        { userId, changeId: id, by: 'account' },
        by(userId, now),
      );
  });

const endWaiting = (userId: string, now: number) =>
  rows(
    sql`update ${AddressChange} set ended_at = $2 where user_id = $1 and confirmed_at is null and ended_at is null
        returning ${columns(AddressChange, AddressChange.table, 'id')}`,
    [userId, now],
  );

/** The change that a link to its new address confirms; null where it does not work. */
export const confirmableChange = async (id: string, now: number): Promise<ChangeOfAddress | null> =>
  ifOpen(await addressChange(id), now);

const ifOpen = (change: ChangeOfAddress | null, now: number): ChangeOfAddress | null =>
  change && !change.confirmedAt && !change.endedAt && now < confirmUntil(change.askedAt) ? change : null;

/** A change, which nobody else confirms or ends until the transaction does. */
export const holdChange = (id: string): Promise<ChangeOfAddress | null> =>
  row(sql`${BY_ID}${toHold()}`, [id]);

/**
 * Confirm a new address, with the password of the account: the click of a stranger whose address somebody typed must not be
 * enough. Links that were mailed to the old address end. `no-link` also where the address has an account by now.
 */
export async function confirmNewAddress(
  id: string,
  password: string,
  now: number,
): Promise<'confirmed' | 'wrong-password' | 'no-link'> {
  const change = await confirmableChange(id, now);
  const account = change && (await row(ACCOUNT, [change.userId]));
  if (!change || !account || account.disabledAt) return 'no-link';
  if (!(await passwordFits(account.passwordHash, password))) return 'wrong-password';
  const { userId, newEmail } = change;
  return inTransaction(async () => {
    if (!ifOpen(await holdChange(id), now) || !(await freeAddress(newEmail, now))) return 'no-link';
    await rows(sql`update ${AddressChange} set confirmed_at = $2 where id = $1`, [id, now]);
    await moveTo(userId, newEmail, now);
    await record('account.address-changed', { userId, changeId: id }, by(userId, now));
    return 'confirmed';
  });
}

/** Give an account an address that is free. Links that were mailed to the one before end. Joins the transaction. */
export async function moveTo(userId: string, email: string, now: number): Promise<void> {
  await rows(sql`update ${User} set email = $1 where id = $2`, [email, userId]);
  await endTokensOf(userId, now);
  await indexPerson(userId);
}

/** Remove the addresses of changes that nobody can confirm or undo any more. */
export const pruneAddressChanges = (now: number): Promise<unknown> =>
  inTransaction(() =>
    rows(sql`delete from ${AddressChange} where coalesce(confirmed_at, asked_at) < $1`, [
      now - UNDO_DAYS * DAY,
    ]),
  );

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
