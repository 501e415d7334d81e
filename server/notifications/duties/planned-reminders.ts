import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { visibleTo } from '../../organisations/reach.js';
import { Membership, MembershipPerson } from '../../organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import type { Actor } from '../../policy.js';
import { requirementsInForce } from './due-reminders.js';
import { stageSpans, type Stage, type StageSpan } from './stages.js';
import { DutyMailDay, DutyReminder } from './tables.js';

/** Names shown of each stage of a requirement. */
const NAMES = 50;

/** Who will be reminded of a requirement on a day: how many with an account, how many without one, and the first of those with one. */
export interface PlannedReminders {
  readonly title: string;
  readonly stage: Stage;
  readonly people: number;
  /** They cannot be reminded: they have no account yet. */
  readonly unreachable: number;
  readonly first: readonly { readonly membershipId: string; readonly name: string }[];
}

/** The reminders that would go out on a day, as we say it now, of the people whom `actor` may see. */
export async function plannedReminders(
  actor: Actor,
  organisationId: string,
  day: string,
): Promise<PlannedReminders[]> {
  const requirements = await requirementsInForce(organisationId, day);
  const planned: PlannedReminders[] = [];
  for (const { requirementId, version } of requirements)
    for (const span of stageSpans(version.rule.reminders, day)) {
      const [counted] = await counts(actor, { requirementId, span, day });
      const [people, all] = [Number(counted?.people ?? 0), Number(counted?.everybody ?? 0)];
      if (all === 0) continue;
      const first = people === 0 ? [] : await names(actor, { requirementId, span, day });
      const of = { title: version.title, stage: span.stage };
      planned.push({ ...of, people, unreachable: all - people, first });
    }
  return planned;
}

interface Asked {
  readonly requirementId: string;
  readonly span: StageSpan;
  readonly day: string;
}

/** People in a stage who were not reminded of it, within the actor's reach. */
async function inStage(actor: Actor, { requirementId, span, day }: Asked) {
  const { stage, standings, dueFrom, dueTo } = span;
  const seen = await visibleTo(actor, { alias: sql`m`, first: 6 + standings.length });
  const where = sql`from ${StandingInterval} i join ${Membership} m on m.id = i.membership_id
    where i.requirement_id = $1 and i.retired_at is null and i.from_day <= $2 and (i.to_day is null or i.to_day > $2)
      and i.due_day >= $3 and i.due_day <= $4 and i.standing in (${parameters(standings.length, 6)})
      and m.employment <> 'left'
      and not exists (select 1 from ${DutyReminder} r
        where r.assignment_id = i.assignment_id and r.due_day = i.due_day and r.stage = $5)`;
  const params = [requirementId, day, dueFrom ?? '', dueTo ?? '~', stage, ...standings, ...seen.params];
  return { where, condition: seen.condition, params };
}

async function counts(actor: Actor, asked: Asked) {
  const { where, condition, params } = await inStage(actor, asked);
  return rows(
    sql`select count(m.user_id) ${as('people', integer())}, count(*) ${as('everybody', integer())} ${where} and ${condition}`,
    params,
  );
}

async function names(actor: Actor, asked: Asked): Promise<PlannedReminders['first']> {
  const { where, condition, params } = await inStage(actor, asked);
  const found = await rows(
    sql`select ${columns(Membership, 'f', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from (select m.id, m.user_id, m.sort_name ${where} and ${condition} and m.user_id is not null order by m.sort_name, m.id limit ${NAMES}) f
          left join ${MembershipPerson} p on p.membership_id = f.id left join ${User} u on u.id = f.user_id
        order by f.sort_name, f.id`,
    params,
  );
  return found.map(({ id, name, accountName }) => ({ membershipId: id, name: name ?? accountName ?? '' }));
}

/** How many reminders of each stage were sent to people of an organisation on a day. */
export interface SentReminders {
  readonly day: string;
  readonly stage: string;
  readonly outcome: 'due' | 'overtaken';
  readonly reminders: number;
}

/** The reminders of an organisation from a day on, newest day first. */
export async function sentReminders(organisationId: string, fromDay: string): Promise<SentReminders[]> {
  const found = await rows(
    sql`select ${columns(DutyReminder, 'r', 'day', 'stage', 'outcome')}, count(*) ${as('reminders', integer())}
        from ${DutyReminder} r where r.organisation_id = $1 and r.day >= $2
        group by r.day, r.stage, r.outcome order by r.day desc, r.stage`,
    [organisationId, fromDay],
  );
  return found.map(({ reminders, ...sent }) => ({ ...sent, reminders: Number(reminders) }));
}

/** When an organisation's duties were last gone through; null: never. */
export async function lastGoneThrough(
  organisationId: string,
): Promise<{ readonly day: string; readonly at: number } | null> {
  const [found] = await rows(
    sql`select ${columns(DutyMailDay, 'd', 'day', 'goneThroughAt')} from ${DutyMailDay} d where d.organisation_id = $1`,
    [organisationId],
  );
  return found ? { day: found.day, at: Number(found.goneThroughAt) } : null;
}
