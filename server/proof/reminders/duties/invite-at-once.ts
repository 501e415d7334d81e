import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { Invitation } from '../../../people/organisations/invitations/tables.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import { MAIL_REACH } from '../../requirements/mail-reach.js';
import type { Standing } from '../../requirements/standings.js';
import { StandingInterval } from '../../requirements/tables.js';
import { BATCH, requirementsInForce, type DueReminder } from './due-reminders.js';
import { storeReminders } from './store-reminders.js';
import { inviteStage } from './stages.js';
import { DutyReminder } from './tables.js';

/** They have something to do, and nothing covers them. */
const OPEN: readonly Standing[] = ['due-soon', 'not-yet-due', 'in-grace', 'overdue'];

/** No mail of theirs is on its way. */
const NONE_WAITS = sql`not exists (select 1 from ${DutyReminder} w
  where w.membership_id = m.id and w.outcome = 'due' and w.mailed_at is null)`;

/** Nobody ever invited them to their present address; or they have no link that works, and no mail was about this duty. */
const UNINVITED = sql`(not exists (select 1 from ${Invitation} i where i.membership_id = m.id and i.email = p.email)
  or not exists (select 1 from ${Invitation} i where i.membership_id = m.id and i.email = p.email and i.ended_at is null and i.expires_at > $3)
    and not exists (select 1 from ${DutyReminder} r
      where r.assignment_id = s.assignment_id and r.due_day = s.due_day and r.outcome = 'due'))`;

/** Whose duties are looked for, and when. */
export interface InvitedAtOnce {
  readonly organisationId: string;
  readonly requirementIds: readonly string[];
  readonly day: string;
  readonly now: number;
}

/**
 * Memberships `m` without an account, with the interval `s` of a duty of which an invitation tells at once. They are few, so they are
 * looked through, and not their duties. `next`: the number of the first parameter that is free.
 */
export function toInviteAtOnce({ organisationId, requirementIds, day, now }: InvitedAtOnce) {
  const known = [organisationId, day, now, ...OPEN];
  const from = sql`from ${Membership} m join ${MembershipPerson} p on p.membership_id = m.id
    join ${StandingInterval} s on s.membership_id = m.id and s.retired_at is null
      and s.from_day <= $2 and (s.to_day is null or s.to_day > $2)
    where m.organisation_id = $1 and m.user_id is null and m.employment <> 'left' and p.email is not null
      and s.standing in (${parameters(OPEN.length, 4)}) and s.due_day is not null
      and s.requirement_id in (${parameters(requirementIds.length, known.length + 1)})
      and ${UNINVITED} and ${NONE_WAITS} and ${MAIL_REACH} = 'invited'`;
  const params = [...known, ...requirementIds];
  return { from, params, next: params.length + 1 };
}

/**
 * Record an invitation for everybody without an account of whom something is asked and who was not invited yet. People are looked for
 * before the organisation is held, so that nobody waits for that.
 */
export async function inviteAtOnce(organisationId: string, day: string, now: number): Promise<void> {
  const requirementIds = (await requirementsInForce(organisationId, day)).map(each => each.requirementId);
  if (requirementIds.length === 0) return;
  const asked = { organisationId, requirementIds, day, now };
  for (let after = ''; ;) {
    const ids = await nextPeople(asked, after);
    const last = ids.at(-1);
    if (last === undefined) return;
    await inTransaction(async () => {
      await holdOrganisation(organisationId);
      await storeReminders(await duties(asked, ids), { organisationId, day, now, stage: inviteStage(day) });
    });
    after = last;
  }
}

async function nextPeople(asked: InvitedAtOnce, after: string): Promise<string[]> {
  const { from, params, next } = toInviteAtOnce(asked);
  const found = await rows(
    sql`select distinct ${columns(Membership, 'm', 'id')} ${from} and m.id > $${next} order by m.id limit ${BATCH}`,
    [...params, after],
  );
  return found.map(({ id }) => id);
}

/** What is asked of these people, as it is once the organisation is held: who was invited meanwhile has no row. */
async function duties(asked: InvitedAtOnce, ids: readonly string[]): Promise<DueReminder[]> {
  const { from, params, next } = toInviteAtOnce(asked);
  const found = await rows(
    sql`select ${columns(StandingInterval, 's', 'assignmentId', 'membershipId', 'requirementId', 'dueDay')}
        ${from} and m.id in (${parameters(ids.length, next)})`,
    [...params, ...ids],
  );
  return found.map(({ dueDay, ...duty }) => ({ ...duty, dueDay: dueDay ?? '' }));
}
