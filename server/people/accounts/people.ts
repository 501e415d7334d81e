import { row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { accessChanged, accessReads } from '../../platform/http/security/access-changes.js';
import type { Actor } from '../../policy.js';
import { indexPerson } from './search-words.js';
import { normaliseEmail } from './normalised.js';
import { User } from './tables.js';

/** People who were read within the last five seconds; a change in this process is seen at once, in others within a second. */
export const recentActors = accessReads<Actor>();

/** No process trusts what it knows of a person, after a change of name, role, membership or state. Joins the transaction. */
export const personChanged = (userId: string): void => accessChanged(() => recentActors().remove(userId));

/** A person from the cache, without waiting; null when they must be read. `at`: now, in elapsed ms. */
export const recallActor = (userId: string, at = performance.now()): Actor | null =>
  recentActors().get(userId, at) ?? null;

/** The columns that `personIn` reads, of the table `u`. */
export const PERSON_COLUMNS = columns(
  User,
  'u',
  ...(['name', 'isAdministrator', 'isDiscreet', 'factorSince', 'factorAskedFrom', 'createdAt'] as const),
);

/** The condition that `u` is a person who can sign in: not blocked, and not gone. */
export const CAN_SIGN_IN = sql`u.disabled_at is null`;

/** What is known of a person, by the columns that were read. */
export function personIn(
  found: NonNullable<(typeof PERSON_COLUMNS)['row']>,
): Omit<Actor, 'id' | 'memberships' | 'grants' | 'former'> {
  const { name, isAdministrator, isDiscreet, factorSince } = found;
  return {
    name,
    isAdministrator: Boolean(isAdministrator),
    isDiscreet: Boolean(isDiscreet),
    hasFactor: factorSince !== null,
    factorAskedFrom: found.factorAskedFrom ?? found.createdAt,
  };
}

/** Whether there is such a person, who can sign in. */
export const canSignIn = async (userId: string): Promise<boolean> =>
  (await row(sql`select 1 as found from ${User} u where u.id = $1 and ${CAN_SIGN_IN}`, [userId])) !== null;

/** The id of the person with this address, however it is typed; null when there is none. */
export const idOfAddress = async (email: string): Promise<string | null> =>
  (
    await row(sql`select ${columns(User, 'u', 'id')} from ${User} u where u.email = $1`, [
      normaliseEmail(email),
    ])
  )?.id ?? null;

/** A person's own address, for their account page and for mail. */
export async function addressOf(
  userId: string,
): Promise<{ email: string; name: string; isDiscreet: boolean } | null> {
  const found = await row(
    sql`select ${columns(User, 'u', 'email', 'name', 'isDiscreet')} from ${User} u
        where u.id = $1 and u.erased_at is null`,
    [userId],
  );
  return found && { ...found, isDiscreet: Boolean(found.isDiscreet) };
}

/**
 * Turn discreet pages and mails on or off for a person: they look like those of any course. This records no event, or the
 * log would keep for ever when somebody felt the need to hide.
 */
export async function setDiscreet(userId: string, isDiscreet: boolean): Promise<void> {
  await inTransaction(async () => {
    await rows(sql`update ${User} set is_discreet = $1 where id = $2`, [isDiscreet, userId]);
    personChanged(userId);
  });
}

/** Change one's own name. Certificates already issued keep the name they were issued with. */
export async function rename(userId: string, name: string, now: number): Promise<void> {
  await inTransaction(async () => {
    await rows(sql`update ${User} set name = $1 where id = $2`, [name, userId]);
    await indexPerson(userId);
    await record('account.renamed', { userId }, { actorId: userId, organisationId: null, now });
    personChanged(userId);
  });
}
