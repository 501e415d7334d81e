import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { toHold } from '../../../platform/db/transaction.js';
import { noAddress } from '../no-address.js';
import { indexPerson } from '../search-words.js';
import { endTokensOf } from '../sign-up/link-tokens.js';
import { User } from '../tables.js';

const HOLDER = sql`select ${columns(User, 'u', 'id', 'emailConfirmedAt')} from ${User} u where u.email = $1`;

/**
 * Make room for whoever has just proven that an address is theirs. An account that never confirmed it has no right to it:
 * nobody can sign in to that account, and it goes on without an address. False where somebody has confirmed it. Joins the
 * transaction.
 */
export async function freeAddress(email: string, now: number): Promise<boolean> {
  const holder = await row(sql`${HOLDER}${toHold()}`, [email]);
  if (!holder) return true;
  if (holder.emailConfirmedAt) return false;
  await rows(sql`update ${User} set email = $1 where id = $2`, [noAddress(holder.id), holder.id]);
  await endTokensOf(holder.id, now);
  await indexPerson(holder.id);
  return true;
}
