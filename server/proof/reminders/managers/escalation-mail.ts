import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { loadActor } from '../../../people/organisations/actors.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import { newestVersion } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import { StandingInterval } from '../../requirements/tables.js';
import { DutyEscalation } from './tables.js';

/** Duties that one mail names. */
const MOST = 20;

/** The mail to one manager that was announced at a moment (epoch ms). */
export interface EscalatedMail {
  readonly organisationId: string;
  readonly userId: string;
  readonly announcedAt: number;
}

/** Duties that stay overdue: the first of them, and how many more there are. */
export interface LastingDuties {
  readonly first: readonly { readonly name: string; readonly title: string; readonly dueDay: string }[];
  readonly more: number;
}

/** As of reminders (`duty-mail.ts`): where mail was away for days, the last mail tells of everything that waits. */
const WAITS = sql`e.user_id = $1 and e.organisation_id = $2 and e.announced_at <= $3 and e.mailed_at is null
  and not exists (select 1 from ${DutyEscalation} n where n.user_id = e.user_id and n.organisation_id = e.organisation_id
    and n.announced_at > $3 and n.mailed_at is null)`;

/** What a mail to a manager tells of today: only what is still overdue, of people who are still theirs. */
export async function escalationsToMail(
  { organisationId, userId, announcedAt }: EscalatedMail,
  { today, now }: { today: string; now: number },
): Promise<LastingDuties> {
  const actor = await loadActor(userId, now);
  if (!actor) return { first: [], more: 0 };
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 5 });
  const found = await rows(
    sql`select ${columns(StandingInterval, 'i', 'requirementId', 'dueDay')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}, count(*) over () ${as('all', integer())}
        from ${DutyEscalation} e join ${Membership} m on m.id = e.membership_id
          join ${StandingInterval} i on i.membership_id = e.membership_id and i.requirement_id = e.requirement_id
            and i.retired_at is null and i.due_day = e.due_day and i.standing = 'overdue' and i.from_day <= $4 and (i.to_day is null or i.to_day > $4)
          left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        where ${WAITS} and ${condition} order by i.due_day, m.sort_name, i.requirement_id limit ${MOST}`,
    [userId, organisationId, announcedAt, today, ...params],
  );
  const requirements = await requirementsOf(organisationId);
  const first = found.map(({ requirementId, dueDay, name, accountName }) => ({
    name: name ?? accountName ?? '',
    title: newestVersion(requirements.get(requirementId) ?? [])?.title ?? '',
    dueDay: dueDay ?? '',
  }));
  return { first, more: Number(found[0]?.all ?? 0) - first.length };
}

const MAILED = sql`update ${DutyEscalation} set mailed_at = $4
  where user_id = $1 and organisation_id = $2 and announced_at <= $3 and mailed_at is null`;

/** The mail was sent, with everything that waited before it. */
export const escalationsMailed = (
  { userId, organisationId, announcedAt }: EscalatedMail,
  now: number,
): Promise<unknown> => inTransaction(() => rows(MAILED, [userId, organisationId, announcedAt, now]));
