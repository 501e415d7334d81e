import { row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { newId } from '../../platform/lib/ids.js';
import { linkToken } from '../../platform/lib/tokens.js';
import { idOfAddress, personChanged } from './people.js';
import { indexPerson } from './search-words.js';
import { hashPassword } from './sign-in/passwords.js';
import { User } from './tables.js';
import { createToken, useToken } from './sign-up/link-tokens.js';

/** Who makes a change (null: whoever runs the server, at the command line), and when (epoch ms). */
export interface RoleChangedBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** Administrators who can sign in. */
const ACTIVE = sql`select ${columns(User, 'u', 'id')} from ${User} u
  where u.is_administrator and u.disabled_at is null order by u.id`;

/** Whether anybody administers this installation. */
export const hasAdministrator = async (): Promise<boolean> => (await row(sql`${ACTIVE} limit 1`)) !== null;

/** The ids of everybody who administers this installation. */
export const administratorIds = async (): Promise<string[]> => (await rows(ACTIVE)).map(({ id }) => id);

/**
 * The secret text of the link with which the first administrator makes their account; null when there already is an
 * administrator. Each call makes a new text, and the one printed before stops working.
 */
export function firstAdministratorToken({ key, now }: { key: Buffer; now: number }): Promise<string | null> {
  return inTransaction(async () => {
    if (await hasAdministrator()) return null;
    return linkToken(key, await createToken('first-administrator', null, { key, now }));
  });
}

const MAKE_FIRST = sql`
  insert into ${User} (id, email, name, password_hash, email_confirmed_at, is_administrator, created_at, factor_asked_from)
  values ($1, $2, $3, $4, $5, $6, $5, $5)
  on conflict (email) do update set name = $3, password_hash = $4, email_confirmed_at = $5, is_administrator = $6,
    factor_asked_from = $5`;

/** Make the first administrator. Returns their id, or null when the link does not work, or works no longer. */
export async function makeFirstAdministrator(
  token: string,
  person: { name: string; email: string; password: string },
  now: number,
): Promise<string | null> {
  const passwordHash = await hashPassword(person.password);
  return inTransaction(async () => {
    if (!(await useToken('first-administrator', token, now)) || (await hasAdministrator())) return null;
    const id = (await idOfAddress(person.email)) ?? newId();
    // The printed link proves more than a mailbox does; it takes over an account that someone began with this address.
    await rows(MAKE_FIRST, [id, person.email, person.name, passwordHash, now, true]);
    await indexPerson(id);
    personChanged(id);
    await record('account.administrator-made', { userId: id }, { actorId: id, organisationId: null, now });
    return id;
  });
}

/** An administrator, as lists name them. */
export type Administrator = Readonly<Pick<Row<typeof User>, 'name' | 'email' | 'disabledAt'>>;

/** All administrators by address, including those who are blocked. */
export const administrators = (): Promise<Administrator[]> =>
  rows(sql`select ${columns(User, 'u', 'name', 'email', 'disabledAt')} from ${User} u
           where u.is_administrator order by u.email`);

/**
 * Make another person an administrator. A reaction to the event tells them by mail. `unchanged`: they already are one;
 * `unready`: nobody has this id, the address is not confirmed, or the person is blocked.
 */
export async function makeAdministrator(
  userId: string,
  { actorId, now }: RoleChangedBy,
): Promise<'made' | 'unchanged' | 'unready'> {
  return inTransaction(async () => {
    const found = await row(
      sql`select ${columns(User, 'u', 'isAdministrator')} from ${User} u
          where u.id = $1 and u.email_confirmed_at is not null and u.disabled_at is null${toHold()}`,
      [userId],
    );
    if (!found) return 'unready';
    if (found.isAdministrator) return 'unchanged';
    await rows(sql`update ${User} set is_administrator = $1, factor_asked_from = $3 where id = $2`, [
      true,
      userId,
      now,
    ]);
    personChanged(userId);
    await record('account.administrator-made', { userId }, { actorId, organisationId: null, now });
    return 'made';
  });
}

/**
 * End the role of an administrator, one's own or another's. A reaction to the event tells them by mail. They lose the right
 * with their next request, in every process: administrators are read again each time. `last`: nobody else who can sign in
 * has the role, and somebody must; `unchanged`: nobody with this id has it.
 */
export async function endAdministrator(
  userId: string,
  { actorId, now }: RoleChangedBy,
): Promise<'ended' | 'unchanged' | 'last'> {
  return inTransaction(async () => {
    if (isLastOf(await holdAdministrators(), userId)) return 'last';
    const [changed] = await rows(
      sql`update ${User} set is_administrator = $1 where id = $2 and is_administrator returning id`,
      [false, userId],
    );
    if (!changed) return 'unchanged';
    await record('account.administrator-ended', { userId }, { actorId, organisationId: null, now });
    return 'ended';
  });
}

/**
 * The ids of all administrators who can sign in, locked until the transaction ends: of two who leave at the same moment, the
 * second waits and finds that they are the last.
 */
export async function holdAdministrators(): Promise<string[]> {
  const held = await rows(sql`${ACTIVE}${toHold()}`);
  return held.map(({ id }) => id);
}

/** Whether a person is the only one of these. */
export const isLastOf = (ids: readonly string[], userId: string): boolean =>
  ids.length === 1 && ids[0] === userId;
