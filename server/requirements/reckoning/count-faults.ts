import { rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { RequirementDay, StandingCount, StandingInterval } from '../tables.js';
import { countKey, withUnitsAbove, writeSums, type CountChange } from './counts.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';

/** A number that is not what the intervals say. */
export interface CountFault extends Omit<CountChange, 'people'> {
  readonly stored: number;
  readonly counted: number;
}

const DAYS = sql`select ${columns(RequirementDay, 'd', 'requirementId', 'day')} from ${RequirementDay} d
  where d.organisation_id = $1 order by d.requirement_id`;

/** Count the people of the lane's organisation anew by their intervals, and correct what differs, one requirement after the other. */
export async function mendCounts(lane: ReckoningLane): Promise<void> {
  const { id } = lane.organisation;
  for (const counted of await rows(DAYS, [id])) {
    const sums = (await faultsOf(counted)).map(({ stored, counted: right, ...fault }) => ({
      ...fault,
      people: right - stored,
    }));
    await inReckoningLane(lane, () => writeSums(id, sums, counted.day));
  }
}

/** What differs between the counts of an organisation and its intervals, as of the day up to which each is counted. */
export async function countFaults(organisationId: string): Promise<CountFault[]> {
  const found = [];
  for (const counted of await rows(DAYS, [organisationId])) found.push(...(await faultsOf(counted)));
  return found;
}

const STORED = sql`select ${columns(StandingCount, 'c', 'requirementId', 'unitId', 'standing', 'people')}
  from ${StandingCount} c where c.requirement_id = $1`;

const COUNTED = sql`select ${columns(StandingInterval, 'i', 'requirementId', 'unitId', 'standing')}, count(*) ${as('people', integer())}
  from ${StandingInterval} i where i.requirement_id = $1 and i.from_day <= $2 and (i.to_day is null or i.to_day > $2)
    and i.retired_at is null group by i.requirement_id, i.unit_id, i.standing`;

async function faultsOf({
  requirementId,
  day,
}: {
  requirementId: string;
  day: string;
}): Promise<CountFault[]> {
  const stored = new Map((await rows(STORED, [requirementId])).map(each => [countKey(each), each]));
  const counted = (await rows(COUNTED, [requirementId, day])).map(each => ({
    ...each,
    people: Number(each.people),
  }));
  const right = new Map((await withUnitsAbove(counted)).map(each => [countKey(each), each]));
  return [...new Map([...stored, ...right])].flatMap(([key, { people: _, ...at }]) => {
    const numbers = { stored: stored.get(key)?.people ?? 0, counted: right.get(key)?.people ?? 0 };
    return numbers.stored === numbers.counted ? [] : { ...at, ...numbers };
  });
}
