import { row, rows } from '../../platform/db/rows.js';
import { as, columns, parameters, sql, type Sql } from '../../platform/db/sql.js';
import { integer } from '../../platform/db/table.js';
import { visibleTo } from '../../people/organisations/reach.js';
import { Membership } from '../../people/organisations/tables.js';
import { can, type Actor } from '../../policy.js';
import type { Standing, StandingTally } from '../requirements/standings.js';
import { DueCount, StandingCount, StandingDay, StandingInterval } from '../requirements/tables.js';
import { fitting, type AskedIntervals } from './asked-intervals.js';

const DAY = sql`select ${columns(StandingDay, 'd', 'day')} from ${StandingDay} d where d.organisation_id = $1`;

/** Up to which day an organisation is counted; null: nothing is counted yet. */
export const countedDay = async (organisationId: string): Promise<string | null> =>
  (await row(DAY, [organisationId]))?.day ?? null;

/** How people stand, by requirement. */
export type Tallies = ReadonlyMap<string, StandingTally>;

/**
 * How people stand on the day up to which an organisation is counted, in some units and below them, by home placement (null: in
 * all of it). None of the units is below another.
 */
export async function countedTallies(
  organisationId: string,
  tops: readonly string[] | null,
): Promise<Tallies> {
  const units = tops ?? [''];
  if (units.length === 0) return new Map();
  const found = await rows(
    sql`select ${columns(StandingCount, 'c', 'requirementId', 'standing', 'people')} from ${StandingCount} c
        where c.organisation_id = $1 and c.unit_id in (${parameters(units.length, 2)})`,
    [organisationId, ...units],
  );
  return summed(found);
}

/** As `countedTallies`: for how many people something is due from `day` on up to another day, by requirement. */
export async function countedDue(
  organisationId: string,
  tops: readonly string[] | null,
  { day, until }: { day: string; until: string },
): Promise<ReadonlyMap<string, number>> {
  const units = tops ?? [''];
  if (units.length === 0) return new Map();
  const found = await rows(
    sql`select ${columns(DueCount, 'c', 'requirementId')}, sum(c.people) ${as('people', integer())} from ${DueCount} c
        where c.organisation_id = $1 and c.due_day >= $2 and c.due_day <= $3 and c.unit_id in (${parameters(units.length, 4)})
        group by c.requirement_id`,
    [organisationId, day, until, ...units],
  );
  return new Map(found.map(({ requirementId, people }) => [requirementId, Number(people)]));
}

/**
 * How the people whom `actor` may see stand, read from their intervals: of any day, as it was said at any moment. For whoever sees
 * the whole organisation the index of the intervals alone answers.
 */
export async function readTallies(actor: Actor, asked: AskedIntervals): Promise<Tallies> {
  if (asked.requirementIds.length === 0 || asked.unitIds?.length === 0) return new Map();
  if (can(actor, 'organisation.manage', { organisationId: asked.organisationId })) return tallyAll(asked);
  const { condition, params } = fitting(asked, 1);
  const reach = await visibleTo(actor, { alias: sql`m`, first: params.length + 1 });
  const own = sql`join ${Membership} m on m.id = s.membership_id where ${condition} and ${reach.condition}`;
  return summed(await rows(sql`${TALLY} ${own} ${BY_STANDING}`, [...params, ...reach.params]));
}

/**
 * As `readTallies`, of everybody who is asked for: whoever calls it has made sure that all of them may be counted. `among`: a condition
 * on the intervals `s` besides, whose only parameter has the number that it is given.
 */
export async function tallyAll(
  asked: AskedIntervals,
  among?: { readonly condition: (place: number) => Sql; readonly param: string },
): Promise<Tallies> {
  if (asked.requirementIds.length === 0 || asked.unitIds?.length === 0) return new Map();
  const { condition, params } = fitting(asked, 1);
  const also = among ? sql`and ${among.condition(params.length + 1)}` : sql``;
  const all = among ? [...params, among.param] : params;
  return summed(await rows(sql`${TALLY} where ${condition} ${also} ${BY_STANDING}`, all));
}

const TALLY = sql`select ${columns(StandingInterval, 's', 'requirementId', 'standing')}, count(*) ${as('people', integer())}
  from ${StandingInterval} s`;
const BY_STANDING = sql`group by s.requirement_id, s.standing`;

interface Counted {
  readonly requirementId: string;
  readonly standing: Standing;
  readonly people: number;
}

function summed(found: readonly Counted[]): Tallies {
  const tallies = new Map<string, StandingTally>();
  for (const { requirementId, standing, people } of found) {
    const own = tallies.get(requirementId) ?? {};
    tallies.set(requirementId, { ...own, [standing]: (own[standing] ?? 0) + Number(people) });
  }
  return tallies;
}
