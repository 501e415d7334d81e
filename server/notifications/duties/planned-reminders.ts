import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { visibleTo } from '../../organisations/reach.js';
import { Membership, MembershipPerson } from '../../organisations/tables.js';
import type { Actor } from '../../policy.js';
import { inStage, type RequirementInForce, type StageOnDay } from './due-reminders.js';
import { stageSpans, type Stage } from './stages.js';
import { DutyMailDay, DutyReminder } from './tables.js';

/** Names shown of each stage of a requirement: those for whom something is due first. */
const NAMES = 20;

/** People of each stage are counted up to here, so that the page costs the same however many they are. */
export const MOST_FORESEEN = 100;

/** Who will be reminded on a day in a stage of a requirement: how many with an account, how many without one, and the first of those with one. */
export interface PlannedReminders {
  readonly title: string;
  readonly stage: Stage;
  /** Null: more than `MOST_FORESEEN`. */
  readonly people: number | null;
  /** They cannot be reminded: they have no account yet. Not counted where there are more people than are counted. */
  readonly unreachable: number;
  readonly first: readonly { readonly membershipId: string; readonly name: string }[];
}

/** The reminders of a requirement that would go out on a day, as we say it now, of the people whom `actor` may see. */
export async function plannedReminders(
  actor: Actor,
  { requirementId, version }: RequirementInForce,
  day: string,
): Promise<PlannedReminders[]> {
  const planned: PlannedReminders[] = [];
  for (const span of stageSpans(version.rule.reminders, day)) {
    const [counted] = await counts(actor, { requirementId, span, day });
    const [people, all] = [Number(counted?.people ?? 0), Number(counted?.everybody ?? 0)];
    if (all === 0) continue;
    const first = people === 0 ? [] : await names(actor, { requirementId, span, day });
    const of = { title: version.title, stage: span.stage, first };
    const isCounted = all <= MOST_FORESEEN;
    planned.push({ ...of, people: isCounted ? people : null, unreachable: isCounted ? all - people : 0 });
  }
  return planned;
}

/** Those in a stage whom the actor may see. */
async function seenIn(actor: Actor, stage: StageOnDay) {
  const { from, params, next } = inStage(stage);
  const seen = await visibleTo(actor, { alias: sql`m`, first: next });
  return { from, condition: seen.condition, params: [...params, ...seen.params] };
}

async function counts(actor: Actor, asked: StageOnDay) {
  const { from, condition, params } = await seenIn(actor, asked);
  return rows(
    sql`select count(f.user_id) ${as('people', integer())}, count(*) ${as('everybody', integer())}
        from (select m.user_id ${from} and ${condition} limit ${MOST_FORESEEN + 1}) f`,
    params,
  );
}

async function names(actor: Actor, asked: StageOnDay): Promise<PlannedReminders['first']> {
  const { from, condition, params } = await seenIn(actor, asked);
  const found = await rows(
    sql`select ${columns(Membership, 'f', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from (select m.id, m.user_id, i.due_day ${from} and ${condition} and m.user_id is not null order by i.due_day limit ${NAMES}) f
          left join ${MembershipPerson} p on p.membership_id = f.id left join ${User} u on u.id = f.user_id
        order by f.due_day, f.id`,
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
