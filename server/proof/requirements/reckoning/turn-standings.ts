import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { dayOf, daysAfter } from '../../../platform/lib/days.js';
import { Organisation, OrganisationDay, UnitFact } from '../../../people/organisations/tables.js';
import { RequirementDay, StandingCount, StandingDay, StandingInterval, StandingTrend } from '../tables.js';
import { mendCounts } from './count-faults.js';
import { addCounts } from './counts.js';
import { countedUpTo, inReckoningLane, takeLane, type ReckoningLane } from './lane.js';

/**
 * Count on in each organisation whose day has turned: people who begin to stand otherwise that day move from one number to
 * another, and each number that had changed by the end of the day before is kept as the trend. Costs as much as there is of that.
 * Days on which nothing ran are made up for one by one; where it is broken off, the next run does the rest. It waits until the
 * organisation's units and people are those of the day. Throws `Overtaken` when somebody else takes the lane.
 */
export async function turnStandings(now: number): Promise<void> {
  for (const { organisationId, timeZone, day, viewed } of await rows(DAYS)) {
    const today = dayOf(now, timeZone);
    if (day >= today || viewed < today) continue;
    await turnOrganisation(await takeLane({ id: organisationId, timeZone }, now), day, today);
  }
}

const DAYS = sql`select ${columns(StandingDay, 's', 'organisationId', 'day')}, ${columns(Organisation, 'o', 'timeZone')},
    ${renamed(OrganisationDay, 'v', { viewed: 'day' })}
  from ${StandingDay} s join ${Organisation} o on o.id = s.organisation_id
  join ${OrganisationDay} v on v.organisation_id = o.id order by o.id`;

async function turnOrganisation(lane: ReckoningLane, day: string, today: string): Promise<void> {
  const { id } = lane.organisation;
  for (const behind of await rows(BEHIND, [id, today]))
    for (let next = daysAfter(behind.day, 1); next <= today; next = daysAfter(next, 1))
      await turnRequirement(lane, behind.requirementId, next);
  if (await row(UNITS_TURNED, [id, day, today])) await mendCounts(lane);
  await countedUpTo(lane, today);
}

const BEHIND = sql`select ${columns(RequirementDay, 'd', 'requirementId', 'day')} from ${RequirementDay} d
  where d.organisation_id = $1 and d.day < $2 order by d.requirement_id`;

/** Units began, moved or closed: people count in others above theirs. */
const UNITS_TURNED = sql`select ${columns(UnitFact, 'f', 'id')} from ${UnitFact} f
  where f.organisation_id = $1 and f.retired_at is null
    and ((f.from_day > $2 and f.from_day <= $3) or (f.to_day > $2 and f.to_day <= $3)) limit 1`;

/** From the end of one day to the beginning of the next. Twice is once: the day is written with it. */
async function turnRequirement(lane: ReckoningLane, requirementId: string, next: string): Promise<void> {
  const before = daysAfter(next, -1);
  const moved = (await rows(MOVED, [requirementId, next])).map(({ people, ...each }) => ({
    ...each,
    ...{ requirementId, people: Number(people) },
  }));
  await inReckoningLane(lane, async () => {
    if (!(await row(TURN, [next, requirementId, before]))) return;
    await rows(KEEP, [requirementId, before]);
    await addCounts(lane.organisation.id, moved, next);
  });
}

const TURN = sql`update ${RequirementDay} set day = $1 where requirement_id = $2 and day = $3
  returning ${columns(RequirementDay, RequirementDay.table, 'day')}`;

const KEEP = sql`insert into ${StandingTrend} (requirement_id, unit_id, day, standing, organisation_id, people)
  select c.requirement_id, c.unit_id, c.changed_on, c.standing, c.organisation_id, c.people from ${StandingCount} c
    where c.requirement_id = $1 and c.changed_on = $2
  on conflict (requirement_id, unit_id, day, standing) do update set people = excluded.people`;

/** Who begins a day otherwise; and how the same people stood until then, which ends where the other begins. */
const MOVED = sql`select ${columns(StandingInterval, 'b', 'unitId', 'standing', 'dueDay')}, count(*) ${as('people', integer())}
  from ${StandingInterval} b where b.requirement_id = $1 and b.from_day = $2 and b.retired_at is null
  group by b.unit_id, b.standing, b.due_day
  union all select e.unit_id, e.standing, e.due_day, -count(*)
  from ${StandingInterval} b join ${StandingInterval} e
    on e.membership_id = b.membership_id and e.requirement_id = b.requirement_id and e.to_day = b.from_day and e.retired_at is null
  where b.requirement_id = $1 and b.from_day = $2 and b.retired_at is null group by e.unit_id, e.standing, e.due_day`;
