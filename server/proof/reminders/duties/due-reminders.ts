import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql, type Sql } from '../../../platform/db/sql.js';
import { Membership } from '../../../people/organisations/tables.js';
import type { StoredVersion } from '../../requirements/rules/requirement-versions.js';
import { versionInForce } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import { StandingInterval } from '../../requirements/tables.js';
import type { StageSpan } from './stages.js';
import { DutyReminder } from './tables.js';

/** Somebody whom a stage has reached, and who was not reminded of it yet. */
export interface DueReminder {
  readonly assignmentId: string;
  readonly membershipId: string;
  readonly requirementId: string;
  readonly dueDay: string;
}

/** A requirement as it is in force on a day. */
export interface RequirementInForce {
  readonly requirementId: string;
  readonly version: StoredVersion;
}

/** The requirements of an organisation that are in force on a day. */
export async function requirementsInForce(
  organisationId: string,
  day: string,
): Promise<RequirementInForce[]> {
  const all = await requirementsOf(organisationId);
  return [...all].flatMap(([requirementId, versions]) => {
    const version = versionInForce(versions, day);
    return version?.rule.inForce ? { requirementId, version } : [];
  });
}

/** People of one statement. */
export const BATCH = 200;

/** A stage of a requirement on a day. */
export interface StageOnDay {
  readonly requirementId: string;
  readonly span: StageSpan;
  readonly day: string;
}

/**
 * Memberships `m` with the interval `i` by which a stage has reached them on a day, as we say it now: what goes out and what is
 * foreseen are the same people, of those who were not reminded of it. `next`: the number of the first parameter that is free. Few are
 * due in a stage, and nearly everybody's interval has begun: no index may be used for that.
 */
export function inStage({ requirementId, span, day }: StageOnDay) {
  const { stage, standings, dueFrom, dueTo } = span;
  const known = [requirementId, day, stage, ...standings];
  const from = sql`from ${StandingInterval} i join ${Membership} m on m.id = i.membership_id
    where i.requirement_id = $1 and i.retired_at is null and i.from_day || '' <= $2 and (i.to_day is null or i.to_day > $2)
      and i.standing in (${parameters(standings.length, 4)}) and ${dueBetween(span, known.length + 1)}
      and m.employment <> 'left'`;
  const params = [...known, ...[dueFrom, dueTo].flatMap(each => each ?? [])];
  return { from, params, next: params.length + 1 };
}

/** A bound that is none says nothing: with two of them SQLite reads a requirement by its due days, whatever the standing. */
function dueBetween({ dueFrom, dueTo }: StageSpan, first: number): Sql {
  const after = dueFrom === null ? sql`i.due_day is not null` : sql`i.due_day >= ${parameters(1, first)}`;
  const next = dueFrom === null ? first : first + 1;
  return dueTo === null ? after : sql`${after} and i.due_day <= ${parameters(1, next)}`;
}

/** Nobody was reminded of this stage of a duty; `duty`: what names the assignment and its due day, where $3 is the stage. */
export const notReminded = (duty: Sql): Sql => sql`not exists (select 1 from ${DutyReminder} r
  where r.assignment_id = ${duty}.assignment_id and r.due_day = ${duty}.due_day and r.stage = $3)`;

/** Up to `BATCH` people whom a stage of a requirement has reached on a day and who were not reminded of it. */
export async function dueReminders(stage: StageOnDay): Promise<DueReminder[]> {
  const { from, params } = inStage(stage);
  const found = await rows(
    sql`select ${columns(StandingInterval, 'i', 'assignmentId', 'membershipId', 'requirementId', 'dueDay')}
        ${from} and ${notReminded(sql`i`)} order by i.due_day, i.assignment_id limit ${BATCH}`,
    params,
  );
  return found.map(({ dueDay, ...row }) => ({ ...row, dueDay: dueDay ?? '' }));
}
