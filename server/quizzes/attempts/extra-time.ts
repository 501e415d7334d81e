import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { newId } from '../../lib/ids.js';
import { openOrganisation } from '../../organisations/memberships.js';
import type { Allowance } from './limits.js';

/** What was agreed on a person's time; never why. Times are epoch milliseconds, `agreedOn` is a day like 2026-11-24. */
export interface ExtraTime {
  readonly number: number;
  readonly allowance: Allowance;
  readonly agreedOn: string;
  readonly agreedBy: string;
  /** Null: it has no end. */
  readonly untilAt: number | null;
  readonly recordedBy: string;
  readonly createdAt: number;
}

/** A person in an organisation. */
interface Member {
  readonly userId: string;
  readonly organisationId: string;
}

/**
 * The organisations in which extra time can be agreed for a person, by name: those they belong to or learn with. Each
 * has its own agreements, because an attempt counts only those of its cycle's organisation.
 */
export async function organisationsOf(userId: string): Promise<{ id: string; name: string }[]> {
  const found = await rows<{ id: string; name: string }>(
    `select id, name from organisations where id in (
       select organisation_id from enrolments where user_id = $1
       union select organisation_id from memberships where user_id = $1 and ended_at is null)
     order by name, id`,
    [userId],
  );
  return found.length > 0 ? found : [await openOrganisation()];
}

/** What a person is allowed at `now`: the newest agreement, while it lasts. */
export async function allowanceOf({ userId, organisationId }: Member, now: number): Promise<Allowance> {
  const newest = await row<{ allowance: Allowance; untilAt: number | null }>(
    `select allowance, until_at as "untilAt" from extra_times where organisation_id = $1 and user_id = $2
     order by number desc limit 1`,
    [organisationId, userId],
  );
  if (!newest || (newest.untilAt !== null && newest.untilAt < now)) return 'none';
  return newest.allowance;
}

/** Everything that was ever agreed for a person, newest first. */
export const extraTimesOf = ({ userId, organisationId }: Member): Promise<ExtraTime[]> =>
  rows<ExtraTime>(
    `select e.number, e.allowance, e.agreed_on as "agreedOn", e.agreed_by as "agreedBy", e.until_at as "untilAt",
       u.name as "recordedBy", e.created_at as "createdAt"
     from extra_times e join users u on u.id = e.actor_id
     where e.organisation_id = $1 and e.user_id = $2 order by e.number desc`,
    [organisationId, userId],
  );

/**
 * Write down what was agreed; it holds for attempts that start from now on. `number` is that of the row which the
 * form was made for: the same form sent twice, or two at once, is one agreement. Returns whether this call kept it.
 */
export function agreeExtraTime(
  member: Member,
  agreed: Pick<ExtraTime, 'number' | 'allowance' | 'agreedOn' | 'agreedBy' | 'untilAt'>,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  const { userId, organisationId } = member;
  return inTransaction(async () => {
    const [made] = await rows(
      `insert into extra_times (id, organisation_id, user_id, number, allowance, agreed_on, agreed_by, until_at,
         actor_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [
        newId(),
        organisationId,
        userId,
        agreed.number,
        agreed.allowance,
        agreed.agreedOn,
        agreed.agreedBy,
        agreed.untilAt,
        actorId,
        now,
      ],
    );
    if (!made) return false;
    const payload = { userId, number: agreed.number, allowance: agreed.allowance };
    await record('extra-time.agreed', payload, { actorId, organisationId, now });
    return true;
  });
}
