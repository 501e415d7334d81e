import { database } from '../../platform/db/connect.js';
import { row, rows } from '../../platform/db/rows.js';
import { columns, parameters, renamed, sql, type Sql } from '../../platform/db/sql.js';
import { toHold } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { endSessionsOf } from '../../platform/http/security/sessions.js';
import { shownAddress } from './no-address.js';
import { personChanged } from './people.js';
import { endTokensOf } from './sign-up/link-tokens.js';
import { User } from './tables.js';

/** Two accounts of one person: the one that goes on, and the one that is closed. */
export interface AccountPair {
  readonly keptId: string;
  readonly closedId: string;
}

/** The accounts whose rows are somebody's, for SQL: their own (the first parameter), and those that were merged into it. */
export const OWN_ACCOUNTS = sql`(select o.id from ${User} o where o.id = $1 or o.merged_into = $1)`;

/**
 * The condition that a column names one of them, beside many joins. PostgreSQL reads the accounts first: as a join it would plan them
 * after eight others, when the rows of everybody have been read.
 */
export const isOwnAccount = (): Sql => ({
  text: database().dialect === 'postgres' ? `= any (array${OWN_ACCOUNTS.text})` : `in ${OWN_ACCOUNTS.text}`,
});

const MERGED = sql`select ${columns(User, 'u', 'id')} from ${User} u where u.merged_into = $1 order by u.id`;

/** The ids of the accounts that were merged into one. */
export const mergedAccounts = async (userId: string): Promise<string[]> =>
  (await rows(MERGED, [userId])).map(({ id }) => id);

const GOES_ON = sql`select ${renamed(User, 'k', { id: 'id', email: 'email', name: 'name' })}
  from ${User} c join ${User} k on k.id = c.merged_into where c.id = $1`;

/** The account in which a closed one goes on; null where it was not merged. */
export const goesOnIn = (userId: string): Promise<{ id: string; email: string; name: string } | null> =>
  row(GOES_ON, [userId]);

const FORMER = sql`select ${columns(User, 'u', 'id')} from ${User} u where u.email = $1 and u.merged_into is not null`;

/** Mail to an address whose account was merged with another one where to sign in. Any other address gets nothing. Joins the transaction. */
export async function tellOfMerge(email: string, now: number): Promise<void> {
  const former = await row(FORMER, [email]);
  if (!former) return;
  const who = { actorId: null, organisationId: null, now };
  await record('account.former-asked', { userId: former.id }, who);
}

/** An address with little more than its domain: its owner recognises it, and nobody else can write to it. '' where there is none. */
export const maskedAddress = (email: string): string => shownAddress(email).replace(/^(.)[^@]*/u, '$1•••');

/** An account, as far as it decides whether it may be merged. */
export const heldAccounts = (ids: readonly string[]) =>
  rows(
    sql`select ${columns(User, 'u', 'id', 'email', 'name', 'isAdministrator', 'disabledAt', 'erasedAt', 'mergedInto')}
        from ${User} u where u.id in (${parameters(ids.length)}) order by u.id${toHold()}`,
    ids,
  );

const CLOSE = sql`update ${User} set disabled_at = $3, merged_into = $2 where id = $1`;
const FOLLOW = sql`update ${User} set merged_into = $2 where merged_into = $1`;

/**
 * Close an account in favour of another: nobody can use it any more, and what was merged into it goes on in the other, too. Its
 * password stays, so that whoever knows it is told where to sign in. Joins the transaction of the merge.
 */
export async function closeInto({ keptId, closedId }: AccountPair, now: number): Promise<void> {
  await rows(CLOSE, [closedId, keptId, now]);
  await rows(FOLLOW, [closedId, keptId]);
  await endSessionsOf(closedId);
  await endTokensOf(closedId, now);
  [keptId, closedId].forEach(personChanged);
}

const REOPEN = sql`update ${User} set disabled_at = null, merged_into = null where id = $1`;

/** Undo it. `own`: the accounts that had been merged into the closed one before. Joins the transaction. */
export async function reopenAccount(
  { keptId, closedId }: AccountPair,
  own: readonly string[],
): Promise<void> {
  await rows(REOPEN, [closedId]);
  for (const id of own) await rows(sql`update ${User} set merged_into = $2 where id = $1`, [id, closedId]);
  [keptId, closedId, ...own].forEach(personChanged);
}
