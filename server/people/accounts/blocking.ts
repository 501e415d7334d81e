import { insert, row, rows } from '../../platform/db/rows.js';
import { orNull, renamed, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { endSessionsOf } from '../../platform/http/security/sessions.js';
import { newId } from '../../platform/lib/ids.js';
import { holdAdministrators, isLastOf, type RoleChangedBy } from './administrators.js';
import { personChanged } from './people.js';
import { AccountBlock, User } from './tables.js';
import { endTokensOf } from './sign-up/link-tokens.js';

/** A block in force. `at`: epoch ms. `by`: a name, or null for whoever runs the server. */
export interface CurrentBlock {
  readonly reason: string;
  readonly at: number;
  readonly by: string | null;
}

/**
 * Block a person: all their sessions and mailed links end, and they cannot sign in. Their certificates, results and open
 * attempts stay. `unchanged`: nobody has this id, or they are already blocked; `last`: nobody else
 * administers the installation.
 */
export async function blockPerson(
  userId: string,
  reason: string,
  { actorId, now }: RoleChangedBy,
): Promise<'blocked' | 'unchanged' | 'last'> {
  return inTransaction(async () => {
    if (isLastOf(await holdAdministrators(), userId)) return 'last';
    const [changed] = await rows(
      sql`update ${User} set disabled_at = $1 where id = $2 and disabled_at is null returning id`,
      [now, userId],
    );
    if (!changed) return 'unchanged';
    const blockId = newId();
    await insert(AccountBlock, { id: blockId, userId, reason, blockedBy: actorId, blockedAt: now });
    await endSessionsOf(userId);
    await endTokensOf(userId, now);
    personChanged(userId);
    await record('account.blocked', { userId, blockId }, { actorId, organisationId: null, now });
    return 'blocked';
  });
}

/** Let a person sign in again. False when nobody with this id is blocked; an account that was merged stays closed. */
export async function unblockPerson(userId: string, { actorId, now }: RoleChangedBy): Promise<boolean> {
  return inTransaction(async () => {
    const [changed] = await rows(
      sql`update ${User} set disabled_at = null where id = $1 and disabled_at is not null and merged_into is null returning id`,
      [userId],
    );
    if (!changed) return false;
    await rows(
      sql`update ${AccountBlock} set lifted_by = $1, lifted_at = $2 where user_id = $3 and lifted_at is null`,
      [actorId, now, userId],
    );
    await record('account.unblocked', { userId }, { actorId, organisationId: null, now });
    return true;
  });
}

/** A person's block in force; null when there is none. */
export const blockOf = (userId: string): Promise<CurrentBlock | null> => row(CURRENT, [userId]);

const CURRENT = sql`
  select ${renamed(AccountBlock, 'b', { reason: 'reason', at: 'blockedAt' })}, ${orNull(renamed(User, 'u', { by: 'name' }))}
  from ${AccountBlock} b left join ${User} u on u.id = b.blocked_by
  where b.user_id = $1 and b.lifted_at is null`;
