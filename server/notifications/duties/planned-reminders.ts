import { User } from '../../accounts/tables.js';
import { rowLists, rows } from '../../db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { visibleTo } from '../../organisations/reach.js';
import { Membership, MembershipPerson } from '../../organisations/tables.js';
import type { Actor } from '../../policy.js';
import { StandingInterval } from '../../requirements/tables.js';
import { inStage, notReminded, type RequirementInForce, type StageOnDay } from './due-reminders.js';
import { stageSpans, type Stage } from './stages.js';
import { DutyMailDay } from './tables.js';

/** Names shown of each stage of a requirement: those for whom something is due first. */
const NAMES = 20;

/** People of each stage are looked at up to here, so that the page costs the same however many they are. */
export const MOST_FORESEEN = 50;

/** Who will be reminded on a day in a stage of a requirement: how many with an account, how many without one, and the first of those with one. */
export interface PlannedReminders {
  readonly title: string;
  readonly stage: Stage;
  readonly people: number;
  /** They cannot be reminded: they have no account yet. */
  readonly unreachable: number;
  /** Whether there may be more: only the `MOST_FORESEEN` were looked at whose due day comes last. */
  readonly isPart: boolean;
  readonly first: readonly { readonly membershipId: string; readonly name: string }[];
}

/** The reminders of a requirement that would go out on a day, as we say it now, of the people whom `actor` may see. */
export async function plannedReminders(
  actor: Actor,
  { requirementId, version }: RequirementInForce,
  day: string,
): Promise<PlannedReminders[]> {
  const planned: Omit<PlannedReminders, 'first'>[] = [];
  const open: OpenDuty[][] = [];
  for (const span of stageSpans(version.rule.reminders, day)) {
    const { seen, isPart } = await seenIn(actor, { requirementId, span, day });
    const left = seen.filter(({ isReminded }) => !isReminded);
    const reached = left.filter(({ userId }) => userId !== null);
    const counted = { people: reached.length, unreachable: left.length - reached.length, isPart };
    planned.push({ title: version.title, stage: span.stage, ...counted });
    open.push(reached.toReversed().slice(0, NAMES));
  }
  const names = await namesOf(open.flat());
  return planned.map((each, at) => ({
    ...each,
    first: (open[at] ?? []).map(({ id }) => ({ membershipId: id, name: names.get(id) ?? '' })),
  }));
}

type OpenDuty = Awaited<ReturnType<typeof lookedAt>>[number];

/** Those in a stage whom the actor may see, the latest due day first: most of the others were reminded when the stage reached them. */
async function seenIn(actor: Actor, stage: StageOnDay) {
  const isCut = stage.span.dueTo === null && (await hasMany(stage));
  const span = isCut ? { ...stage.span, dueTo: stage.day } : stage.span;
  const seen = await lookedAt(actor, { ...stage, span });
  return { seen, isPart: isCut || seen.length === MOST_FORESEEN };
}

async function lookedAt(actor: Actor, stage: StageOnDay) {
  const { from, params, next } = inStage(stage);
  const reach = await visibleTo(actor, { alias: sql`m`, first: next });
  const found = await rowLists(
    sql`select ${columns(Membership, 'f', 'id', 'userId')},
          case when ${notReminded(sql`f`)} then 0 else 1 end ${as('isReminded', integer())}
        from (select m.id, m.user_id, i.assignment_id, i.due_day ${from} and ${reach.condition}
          order by i.due_day desc limit ${MOST_FORESEEN}) f order by f.due_day desc, f.id desc`,
    ['id', 'userId', 'isReminded'],
    [...params, ...reach.params],
  );
  return found.map(([id, userId, isReminded]) => ({ id, userId, isReminded: isReminded === 1 }));
}

/** Intervals of a standing that are looked through, most of which lie ahead: every cover is followed by its grace. */
const MANY = 1_000;

/** Whether so many stand, or will stand, as a stage asks, with a due day after the day. */
async function hasMany({ requirementId, span, day }: StageOnDay): Promise<boolean> {
  const found = await rows(
    sql`select 1 ${as('many', integer())} from ${StandingInterval} i where i.requirement_id = $1 and i.retired_at is null
        and i.due_day > $2 and i.standing in (${parameters(span.standings.length, 3)}) limit 1 offset ${MANY}`,
    [requirementId, day, ...span.standings],
  );
  return found.length > 0;
}

/** The names of people, by the ids of their memberships. */
async function namesOf(people: readonly OpenDuty[]): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map();
  const found = await rowLists(
    sql`select ${columns(Membership, 'm', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        where m.id in (${parameters(people.length)})`,
    ['id', 'name', 'accountName'],
    people.map(({ id }) => id),
  );
  return new Map(found.map(([id, name, accountName]) => [id, name ?? accountName ?? '']));
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
