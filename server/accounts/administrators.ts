import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { newId } from '../lib/ids.js';
import { linkToken } from '../lib/tokens.js';
import { User } from './models.js';
import { hashPassword } from './passwords.js';
import { createToken, useToken } from './tokens.js';

/** Whether anybody administers this installation. */
export const hasAdministrator = async (): Promise<boolean> =>
  (await row('select id from users where is_administrator and disabled_at is null limit 1')) !== null;

/** The ids of everybody who administers this installation. */
export const administratorIds = async (): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      'select id from users where is_administrator and disabled_at is null order by id',
    )
  ).map(({ id }) => id);

/**
 * The secret text of the link with which the first administrator makes their account; null when there is
 * one already. A new text each time: the one printed before stops working.
 */
export function firstAdministratorToken({ key, now }: { key: Buffer; now: number }): Promise<string | null> {
  return inTransaction(async () => {
    if (await hasAdministrator()) return null;
    return linkToken(key, await createToken('first-administrator', null, { key, now }));
  });
}

/** Make the first administrator. Null when the link does not work (any more). */
export async function makeFirstAdministrator(
  token: string,
  person: { name: string; email: string; password: string },
  now: number,
): Promise<string | null> {
  const passwordHash = await hashPassword(person.password);
  return inTransaction(async () => {
    if (!(await useToken('first-administrator', token, now)) || (await hasAdministrator())) return null;
    const id = (await idOf(person.email)) ?? newId();
    // The printed link proves more than a mailbox does; an account someone began with this address is taken over.
    await rows(
      `insert into users (id, email, name, password_hash, email_confirmed_at, is_administrator, created_at)
       values ($1, $2, $3, $4, $5, $6, $5)
       on conflict (email) do update set name = $3, password_hash = $4, email_confirmed_at = $5, is_administrator = $6`,
      [id, person.email, person.name, passwordHash, now, true],
    );
    await record('account.administrator-made', { userId: id }, { actorId: id, organisationId: null, now });
    return id;
  });
}

const idOf = async (email: string): Promise<string | null> =>
  (await User.findOne({ where: { email }, attributes: ['id'] }))?.id ?? null;
