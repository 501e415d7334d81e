import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { endSessionsOf } from '../http/sessions.js';
import { newId } from '../lib/ids.js';
import { holdAdministrators, isLastOf, type By } from './administrators.js';
import { forgetPerson } from './people.js';
import { endTokensOf } from './tokens.js';

/** A block that holds now. `by`: a name, or null for whoever runs the server. */
export interface Block {
  readonly reason: string;
  readonly at: number;
  readonly by: string | null;
}

/**
 * Shut a person out: all their sessions and mailed links end, and they cannot sign in. What they did stays: certificates,
 * results, attempts that are open. `unchanged`: nobody has this id, or they are blocked already; `last`: nobody else
 * administers the installation. Another process on the same database notices within five seconds.
 */
export async function blockPerson(
  userId: string,
  reason: string,
  { actorId, now }: By,
): Promise<'blocked' | 'unchanged' | 'last'> {
  const outcome = await inTransaction(async () => {
    if (isLastOf(await holdAdministrators(), userId)) return 'last';
    const [changed] = await rows(
      'update users set disabled_at = $1 where id = $2 and disabled_at is null returning id',
      [now, userId],
    );
    if (!changed) return 'unchanged';
    const blockId = newId();
    await rows(
      'insert into blocks (id, user_id, reason, blocked_by, blocked_at) values ($1, $2, $3, $4, $5)',
      [blockId, userId, reason, actorId, now],
    );
    await endSessionsOf(userId);
    await endTokensOf(userId, now);
    await record('account.blocked', { userId, blockId }, { actorId, organisationId: null, now });
    return 'blocked';
  });
  forgetPerson(userId);
  return outcome;
}

/** Let a person sign in again. False when nobody with this id is blocked. */
export async function unblockPerson(userId: string, { actorId, now }: By): Promise<boolean> {
  return inTransaction(async () => {
    const [changed] = await rows(
      'update users set disabled_at = null where id = $1 and disabled_at is not null returning id',
      [userId],
    );
    if (!changed) return false;
    await rows('update blocks set lifted_by = $1, lifted_at = $2 where user_id = $3 and lifted_at is null', [
      actorId,
      now,
      userId,
    ]);
    await record('account.unblocked', { userId }, { actorId, organisationId: null, now });
    return true;
  });
}

/** The block of a person; null when there is none. */
export const blockOf = (userId: string): Promise<Block | null> =>
  row<Block>(
    `select b.reason, b.blocked_at as at, u.name as by from blocks b left join users u on u.id = b.blocked_by
     where b.user_id = $1 and b.lifted_at is null`,
    [userId],
  );
