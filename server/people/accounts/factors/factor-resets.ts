import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { endSessionsOf } from '../../../platform/http/security/sessions.js';
import { newId } from '../../../platform/lib/ids.js';
import { User } from '../tables.js';
import { endFactors, hasFactor } from './own-factors.js';
import { FactorReset } from './tables.js';

/** Who does it (null: whoever runs the server), and when (epoch ms). */
interface ResetBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** A reset that waits for another administrator. */
type WaitingReset = NonNullable<(typeof WAITING)['row']>;

const WAITING = sql`select ${columns(FactorReset, 'r', 'id', 'reason', 'askedBy', 'askedAt')},
    ${orNull(renamed(User, 'u', { askedByName: 'name' }))}
  from ${FactorReset} r left join ${User} u on u.id = r.asked_by where r.user_id = $1 and r.decided_at is null`;

/** The reset of a person's factors that waits; null where there is none. */
export const waitingReset = (userId: string): Promise<WaitingReset | null> => row(WAITING, [userId]);

/** Ask that a person's factors are taken off. False where they have none, or it was asked already. */
export const askForFactorReset = (
  userId: string,
  reason: string,
  { actorId, now }: ResetBy,
): Promise<boolean> =>
  inTransaction(async () => {
    if (!(await hasFactor(userId)) || (await waitingReset(userId))) return false;
    const id = newId();
    await insert(FactorReset, { id, userId, reason, askedBy: actorId, askedAt: now });
    await record(
      'account.factor-reset-asked',
      { userId, resetId: id },
      { actorId, organisationId: null, now },
    );
    return true;
  });

const DECIDE = sql`update ${FactorReset} set decided_by = $2, decided_at = $3, is_granted = $4
  where id = $1 and decided_at is null and asked_by <> $2 and user_id <> $2
  returning ${columns(FactorReset, FactorReset.table, 'userId')}`;

/** Decide on a reset that somebody else asked for, about somebody else. False where that is not so, or it is decided. */
export const decideFactorReset = (
  id: string,
  isGranted: boolean,
  { actorId, now }: ResetBy & { readonly actorId: string },
): Promise<boolean> =>
  inTransaction(async () => {
    const [decided] = await rows(DECIDE, [id, actorId, now, isGranted]);
    if (!decided) return false;
    const { userId } = decided;
    if (isGranted) await takeOff(userId);
    const outcome = isGranted ? 'granted' : 'declined';
    await record(
      'account.factor-reset-decided',
      { userId, resetId: id, outcome },
      { actorId, organisationId: null, now },
    );
    return true;
  });

/** Take a person's factors off as whoever runs the server. False where they have none. */
export const resetFactors = (userId: string, reason: string, now: number): Promise<boolean> =>
  inTransaction(async () => {
    if (!(await hasFactor(userId))) return false;
    const waiting = await waitingReset(userId);
    const id = waiting?.id ?? newId();
    if (!waiting) await insert(FactorReset, { id, userId, reason, askedAt: now });
    await rows(sql`update ${FactorReset} set decided_at = $2, is_granted = $3 where id = $1`, [
      id,
      now,
      true,
    ]);
    await takeOff(userId);
    const event = { userId, resetId: id, outcome: 'granted' } as const;
    await record('account.factor-reset-decided', event, { actorId: null, organisationId: null, now });
    return true;
  });

async function takeOff(userId: string): Promise<void> {
  await endFactors(userId);
  await endSessionsOf(userId);
}
