import type { RoleChangedBy } from '../../accounts/administrators.js';
import { personChanged } from '../../accounts/people.js';
import { User } from '../../accounts/tables.js';
import { insert, row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import type { Grant } from '../../../policy.js';
import { requireRunning } from '../settings/suspension.js';
import { RoleGrant } from '../tables.js';

/** A role to give. Days are days in the organisation's zone; it no longer counts on `untilDay` (null: without an end). */
export interface NewRole extends Grant {
  readonly userId: string;
  readonly fromDay: string;
  readonly untilDay: string | null;
}

/**
 * `held`: they have this role there already on one of these days; `unready`: nobody has this id, the address is not
 * confirmed, or the person is blocked.
 */
export type Appointment = 'made' | 'held' | 'unready';

/**
 * Give a person a role. A reaction to the event tells them by mail. Throws `TrainingPaused` while the organisation's training is
 * paused; to end a role is always possible.
 */
export const giveRole = (role: NewRole, by: RoleChangedBy): Promise<Appointment> =>
  inTransaction(() => give(role, by));

/** Locks the person, so that of two who give the same role the second finds the first's. */
async function give(role: NewRole, { actorId, now }: RoleChangedBy): Promise<Appointment> {
  const { organisationId, userId, unitId, fromDay, untilDay } = role;
  await requireRunning(organisationId, 'change');
  if (!(await row(sql`${READY}${toHold()}`, [userId]))) return 'unready';
  if (await row(HELD, [userId, organisationId, role.role, unitId ?? '', fromDay, untilDay ?? '']))
    return 'held';
  const grantId = newId();
  await insert(RoleGrant, {
    ...{ id: grantId, organisationId, userId, role: role.role, unitId, fromDay, untilDay },
    ...{ grantedBy: actorId, grantedAt: now },
  });
  personChanged(userId);
  const payload = { grantId, userId, role: role.role, unitId, fromDay, untilDay };
  await record('grant.made', payload, { actorId, organisationId, now });
  return 'made';
}

const READY = sql`select ${columns(User, 'u', 'id')} from ${User} u
  where u.id = $1 and u.email_confirmed_at is not null and u.disabled_at is null`;

const HELD = sql`select ${columns(RoleGrant, 'g', 'id')} from ${RoleGrant} g
  where g.user_id = $1 and g.organisation_id = $2 and g.role = $3 and coalesce(g.unit_id, '') = $4 and g.ended_at is null
    and (g.until_day is null or g.until_day > $5) and ($6 = '' or g.from_day < $6)`;

/** A role that somebody has or will have, as far as ending it needs to know it. */
export type OpenRole = Grant & { readonly id: string; readonly userId: string; readonly fromDay: string };

/** On which day a role ends, and today, in the organisation's zone. Today and earlier is: at once. */
export interface EndOfRole {
  readonly day: string;
  readonly today: string;
}

/** End a role, at once or on a later day. A reaction tells the person. False: it has ended, or ends no later anyway. */
export const endRole = (role: OpenRole, end: EndOfRole, by: RoleChangedBy): Promise<boolean> =>
  inTransaction(() => endOn(role, end, by));

async function endOn(
  { id: grantId, organisationId, userId, role, unitId, fromDay }: OpenRole,
  { day, today }: EndOfRole,
  { actorId, now }: RoleChangedBy,
): Promise<boolean> {
  const isAtOnce = day <= today || day <= fromDay;
  const ended = isAtOnce
    ? await row(END_NOW, [now, actorId, grantId, today])
    : await row(END_LATER, [day, actorId, grantId]);
  if (!ended) return false;
  personChanged(userId);
  const payload = { grantId, userId, role, unitId, untilDay: isAtOnce ? null : day };
  await record('grant.ended', payload, { actorId, organisationId, now });
  return true;
}

const END_NOW = sql`update ${RoleGrant} set ended_at = $1, ended_by = $2
  where id = $3 and ended_at is null and (until_day is null or until_day > $4) returning id`;
const END_LATER = sql`update ${RoleGrant} set until_day = $1, ended_by = $2
  where id = $3 and ended_at is null and (until_day is null or until_day > $1) returning id`;

/**
 * Hand a role over on a day: the successor gets it for as long as it would have lasted, and the predecessor's ends, or
 * neither happens. Throws Conflict when it has ended in the meantime.
 */
export function handRoleOver(
  role: OpenRole & Pick<NewRole, 'untilDay'>,
  { userId, ...end }: EndOfRole & { userId: string },
  by: RoleChangedBy,
): Promise<Appointment> {
  const fromDay = [end.day, end.today, role.fromDay].sort().at(-1) ?? end.day;
  const { organisationId, unitId, untilDay } = role;
  return inTransaction(async () => {
    const given = await give({ organisationId, userId, role: role.role, unitId, fromDay, untilDay }, by);
    if (given !== 'made') return given;
    if (!(await endOn(role, end, by))) throw new Conflict('This role has ended');
    return given;
  });
}
