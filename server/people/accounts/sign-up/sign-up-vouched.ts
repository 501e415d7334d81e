import { insert, rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { noAddress } from '../no-address.js';
import { indexPerson } from '../search-words.js';
import { User } from '../tables.js';

/**
 * Make an account for somebody who has no e-mail address and whom their organisation vouches for: there is nothing to confirm. That
 * organisation alone may give it a new PIN. Joins the transaction. Returns the person's id.
 */
export async function signUpWithoutAddress(
  {
    name,
    passwordHash,
    cardOrganisationId,
  }: { name: string; passwordHash: string; cardOrganisationId: string },
  now: number,
): Promise<string> {
  const id = newId();
  const account = { id, email: noAddress(id), name, passwordHash, cardOrganisationId };
  await insert(User, { ...account, emailConfirmedAt: now, createdAt: now });
  await indexPerson(id);
  await record('account.created', { userId: id }, { actorId: id, organisationId: null, now });
  return id;
}

/** Give a person a new password, for whom somebody else has vouched. Joins the transaction. */
export async function replacePasswordOf(userId: string, passwordHash: string, now: number): Promise<void> {
  await rows(sql`update ${User} set password_hash = $1 where id = $2`, [passwordHash, userId]);
  await record('account.password-changed', { userId }, { actorId: userId, organisationId: null, now });
}
