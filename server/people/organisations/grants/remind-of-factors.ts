import { graceUntil } from '../../accounts/factors/factor-grace.js';
import { CAN_SIGN_IN } from '../../accounts/people.js';
import { User } from '../../accounts/tables.js';
import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { mustHaveFactor } from '../../../policy.js';
import { loadActor } from '../actors.js';
import { FactorReminder, RoleGrant } from '../tables.js';

/** So long before the day somebody is told by e-mail (ms). */
const TOLD = 4 * 86_400_000;

/** Whose time of grace may still run: a role, or the installation, has asked them since $1 at the earliest. */
const ASKED = sql`select ${columns(User, 'u', 'id')} from ${RoleGrant} g join ${User} u on u.id = g.user_id
    where g.ended_at is null and g.role <> 'instructor' and (g.granted_at > $1 or u.factor_asked_from > $1)
      and u.factor_since is null and ${CAN_SIGN_IN}
  union select ${columns(User, 'u', 'id')} from ${User} u
    where u.is_administrator and coalesce(u.factor_asked_from, u.created_at) > $1
      and u.factor_since is null and ${CAN_SIGN_IN}`;

/**
 * Tell everybody, once and some days before, that from a day on their role lets them do nothing without a second step. `enforcedFor`: the
 * organisations that answer for each sign-in of somebody; where all their roles are in these, nothing is asked of them there.
 */
export async function remindOfFactors(
  now: number,
  enforcedFor: (userId: string) => Promise<readonly string[]>,
): Promise<void> {
  for (const { id: userId } of await rows(ASKED, [now - graceUntil(0)])) {
    const actor = await loadActor(userId, now);
    const askedFrom = actor?.factorAskedFrom ?? 0;
    const until = graceUntil(askedFrom);
    if (!actor || !mustHaveFactor(actor) || until <= now || until - now > TOLD) continue;
    const answering = actor.isAdministrator ? [] : await enforcedFor(userId);
    if (
      !actor.isAdministrator &&
      actor.grants.every(({ organisationId }) => answering.includes(organisationId))
    )
      continue;
    await inTransaction(async () => {
      if (!(await insertOnce(FactorReminder, { userId, askedFrom, remindedAt: now }))) return;
      await record('account.factor-due', { userId, until }, { actorId: null, organisationId: null, now });
    });
  }
}
