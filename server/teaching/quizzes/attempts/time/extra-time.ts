import { User } from '../../../../people/accounts/tables.js';
import { insertOnce, row, rows } from '../../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { newId } from '../../../../platform/lib/ids.js';
import { openOrganisation } from '../../../../people/organisations/memberships.js';
import { Membership, Organisation } from '../../../../people/organisations/tables.js';
import { Enrolment } from '../../../learning/tables.js';
import { ExtraTime } from '../../tables.js';
import type { Allowance } from '../limits.js';

/** What was agreed on a person's time, but never why; `untilAt` is null where it has no end. */
type Agreement = Pick<Row<typeof ExtraTime>, 'number' | 'allowance' | 'agreedOn' | 'agreedBy' | 'untilAt'>;

/** An agreement as it was recorded, and by whom. */
export type AgreedTime = Readonly<Agreement & { recordedBy: string; createdAt: number }>;

/** A person in an organisation. */
interface Member {
  readonly userId: string;
  readonly organisationId: string;
}

const ORGANISATIONS = sql`select ${columns(Organisation, 'o', 'id', 'name')} from ${Organisation} o where o.id in (
    select organisation_id from ${Enrolment} where user_id = $1
    union select organisation_id from ${Membership} where user_id = $1 and employment <> 'left')
  order by o.name, o.id`;

/**
 * The organisations in which extra time can be agreed for a person, by name: those they belong to or learn with. Each
 * has its own agreements, because an attempt counts only those of its cycle's organisation. Whoever has none yet can only begin in the
 * open one.
 */
export async function organisationsOf(userId: string): Promise<{ id: string; name: string }[]> {
  const found = await rows(ORGANISATIONS, [userId]);
  return found.length > 0 ? found : [await openOrganisation()];
}

const NEWEST = sql`select ${columns(ExtraTime, 'e', 'allowance', 'untilAt')} from ${ExtraTime} e
  where e.organisation_id = $1 and e.user_id = $2 order by e.number desc limit 1`;

/** What a person is allowed at `now`: the newest agreement, while it lasts. */
export async function allowanceOf({ userId, organisationId }: Member, now: number): Promise<Allowance> {
  const newest = await row(NEWEST, [organisationId, userId]);
  if (!newest || (newest.untilAt !== null && newest.untilAt < now)) return 'none';
  return newest.allowance;
}

const ALL = sql`select ${columns(ExtraTime, 'e', 'number', 'allowance', 'agreedOn', 'agreedBy', 'untilAt', 'createdAt')},
    ${renamed(User, 'u', { recordedBy: 'name' })}
  from ${ExtraTime} e join ${User} u on u.id = e.actor_id
  where e.organisation_id = $1 and e.user_id = $2 order by e.number desc`;

/** Everything that was ever agreed for a person, newest first. */
export const extraTimesOf = ({ userId, organisationId }: Member): Promise<AgreedTime[]> =>
  rows(ALL, [organisationId, userId]);

/**
 * Record what was agreed; it applies to attempts that start from now on. `number` is that of the row that the form was
 * made for: the same form sent twice, or two at once, is one agreement. Returns whether this call recorded it.
 */
export function agreeExtraTime(
  member: Member,
  agreed: Agreement,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  const { userId, organisationId } = member;
  return inTransaction(async () => {
    const { number, allowance, agreedOn, agreedBy, untilAt } = agreed;
    const terms = { number, allowance, agreedOn, agreedBy, untilAt };
    const kept = { id: newId(), organisationId, userId, ...terms, actorId, createdAt: now };
    if (!(await insertOnce(ExtraTime, kept))) return false;
    await record('extra-time.agreed', { userId, number, allowance }, { actorId, organisationId, now });
    return true;
  });
}
