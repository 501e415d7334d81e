import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import type { Actor } from '../policy.js';
import { User } from './models.js';
import { indexPerson } from './person-words.js';
import { normaliseEmail } from './registration.js';

/**
 * A person is asked for once in this long (ms); a change in this process is seen at once. Administrators are asked for each
 * time: their role ends at once, whichever process ends it.
 */
const TRUSTED = 5_000;
const recent = new Map<string, { actor: Actor; until: number }>();
/** Milliseconds that only ever grow: a clock that is set back does not prolong the trust. */
const elapsed = (): number => performance.now();

/** Forget what is remembered of a person, after a change of name, role, membership or state. */
export const forgetPerson = (userId: string): boolean => recent.delete(userId);

/** A person asked for within the last five seconds, without waiting; null when they must be looked up. `at`: see `elapsed`. */
export function recallActor(userId: string, at = elapsed()): Actor | null {
  const known = recent.get(userId);
  return known && known.until > at ? known.actor : null;
}

/** The person behind a session, with memberships; null when gone or disabled. `at`: see `elapsed`. */
export async function loadActor(userId: string, at = elapsed()): Promise<Actor | null> {
  const known = recallActor(userId, at);
  if (known) return known;
  const user = await row<{
    name: string;
    isAdministrator: number | boolean;
    isDiscreet: number | boolean;
  }>(
    `select name, is_administrator as "isAdministrator", is_discreet as "isDiscreet" from users where id = $1 and disabled_at is null`,
    [userId],
  );
  if (!user) return null;
  const memberships = await rows<{ organisationId: string; role: string }>(
    `select organisation_id as "organisationId", role from memberships where user_id = $1 and ended_at is null`,
    [userId],
  );
  const actor = {
    id: userId,
    name: user.name,
    isAdministrator: Boolean(user.isAdministrator),
    isDiscreet: Boolean(user.isDiscreet),
    memberships,
  };
  if (recent.size > 10_000) recent.clear();
  if (!actor.isAdministrator) recent.set(userId, { actor, until: at + TRUSTED });
  return actor;
}

/** Whose address this is, however it is spelt; null when nobody's. */
export const idOfAddress = async (email: string): Promise<string | null> =>
  (await row<{ id: string }>('select id from users where email = $1', [normaliseEmail(email)]))?.id ?? null;

/** A person's own address, for their account page and for mail. */
export async function addressOf(
  userId: string,
): Promise<{ email: string; name: string; isDiscreet: boolean } | null> {
  const found = await row<{ email: string; name: string; isDiscreet: number | boolean }>(
    'select email, name, is_discreet as "isDiscreet" from users where id = $1',
    [userId],
  );
  return found && { ...found, isDiscreet: Boolean(found.isDiscreet) };
}

/**
 * Let pages and mails for a person look like those of any course, or not any more. It is no event: the log would keep
 * for ever when somebody felt the need to hide.
 */
export async function setDiscreet(userId: string, isDiscreet: boolean): Promise<void> {
  await inTransaction(() => User.update({ isDiscreet }, { where: { id: userId } }));
  forgetPerson(userId);
}

/** Change one's own name. Certificates already issued keep the name they were issued with. */
export async function rename(userId: string, name: string, now: number): Promise<void> {
  await inTransaction(async () => {
    await User.update({ name }, { where: { id: userId } });
    await indexPerson(userId);
    await record('account.renamed', { userId }, { actorId: userId, organisationId: null, now });
  });
  forgetPerson(userId);
}
