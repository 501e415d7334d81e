import { User } from '../../../people/accounts/tables.js';
import { rowLists, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { StandingInterval } from '../../requirements/tables.js';
import { mailReach, type MailReach } from '../../requirements/mail-reach.js';
import { inStage, notReminded, type RequirementInForce, type StageOnDay } from './due-reminders.js';
import { toInviteAtOnce, type InvitedAtOnce } from './invite-at-once.js';
import { inviteStage, stageSpans } from './stages.js';
import { DutyMailDay } from './tables.js';

/** Names shown of each stage of a requirement: those for whom something is due first. */
const NAMES = 20;

/** People of each stage are looked at up to here, so that the page costs the same however many they are. */
export const MOST_FORESEEN = 50;

/** Who will be reminded on a day in a stage of a requirement: how many, how a mail reaches them, and the first of those whom one reaches. */
export interface PlannedReminders {
  readonly title: string;
  /** As it is stored (`stages.ts`). */
  readonly stage: string;
  /** Whom a mail reaches. */
  readonly people: number;
  /** The others, by the reason. */
  readonly by: ReadonlyMap<MailReach, number>;
  /** Whether there may be more: only the `MOST_FORESEEN` were looked at whose due day comes last. */
  readonly isPart: boolean;
  readonly first: readonly {
    readonly membershipId: string;
    readonly name: string;
    readonly isInvited: boolean;
  }[];
}

/** The reminders of a requirement that would go out on a day, as we say it now, of the people whom `actor` may see. */
export async function plannedReminders(
  actor: Actor,
  { requirementId, version, organisationId }: RequirementInForce & { readonly organisationId: string },
  { day, now }: { readonly day: string; readonly now: number },
): Promise<PlannedReminders[]> {
  const stages: Foreseen[] = [];
  for (const span of stageSpans(version.rule.reminders, day)) {
    const { seen, isPart } = await seenIn(actor, { requirementId, span, day });
    stages.push({ stage: span.stage, isPart, left: seen.filter(({ isReminded }) => !isReminded) });
  }
  const named = new Set(stages.flatMap(({ left }) => left.map(({ id }) => id)));
  const invited = await invitedAtOnce(actor, { organisationId, requirementIds: [requirementId], day, now });
  const others = invited.filter(({ id }) => !named.has(id));
  stages.push({ stage: inviteStage(day), isPart: invited.length === MOST_FORESEEN, left: others });
  const reach = await mailReach(stages.flatMap(({ left }) => left.map(({ id }) => id)));
  const names = await namesOf(stages.flatMap(({ left }) => left));
  return stages.map(({ stage, isPart, left }) => {
    const by = counted(left.map(({ id }) => reach.get(id) ?? 'no-address'));
    const reached = left.filter(({ id }) => ['reminded', 'invited'].includes(reach.get(id) ?? ''));
    const first = reached.toReversed().slice(0, NAMES);
    return {
      ...{ title: version.title, stage, people: reached.length, by, isPart },
      first: first.map(({ id }) => ({
        ...{ membershipId: id, name: names.get(id) ?? '' },
        isInvited: reach.get(id) === 'invited',
      })),
    };
  });
}

/** People who are reminded in a stage. */
interface Foreseen {
  readonly stage: string;
  readonly isPart: boolean;
  readonly left: readonly { readonly id: string }[];
}

/** How often each of these comes. */
function counted<T>(all: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

/** Whom the actor may see of those who are invited at once. */
async function invitedAtOnce(actor: Actor, asked: InvitedAtOnce): Promise<{ readonly id: string }[]> {
  const { from, params, next } = toInviteAtOnce(asked);
  const reach = await visibleTo(actor, { alias: sql`m`, first: next });
  return rows(
    sql`select distinct ${columns(Membership, 'm', 'id')} ${from} and ${reach.condition} order by m.id limit ${MOST_FORESEEN}`,
    [...params, ...reach.params],
  );
}

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
    sql`select ${columns(Membership, 'f', 'id')},
          case when ${notReminded(sql`f`)} then 0 else 1 end ${as('isReminded', integer())}
        from (select m.id, i.assignment_id, i.due_day ${from} and ${reach.condition}
          order by i.due_day desc limit ${MOST_FORESEEN}) f order by f.due_day desc, f.id desc`,
    ['id', 'isReminded'],
    [...params, ...reach.params],
  );
  return found.map(([id, isReminded]) => ({ id, isReminded: isReminded === 1 }));
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
async function namesOf(people: readonly { readonly id: string }[]): Promise<ReadonlyMap<string, string>> {
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
