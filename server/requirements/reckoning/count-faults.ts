import { rows } from '../../db/rows.js';
import { as, columns, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { DueCount, RequirementDay, StandingCount, StandingInterval } from '../tables.js';
import { countKey, sumsOf, writeSums, type CountSum } from './counts.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';

/** A number that is not what the intervals say: of people who stand so, or for whom it is due on a day. */
export interface CountFault extends Omit<CountSum, 'people'> {
  readonly stored: number;
  readonly counted: number;
}

const DAYS = sql`select ${columns(RequirementDay, 'd', 'requirementId', 'day')} from ${RequirementDay} d
  where d.organisation_id = $1 order by d.requirement_id`;

/** Count the people of the lane's organisation anew by their intervals, and correct what differs, one requirement after the other. */
export async function mendCounts(lane: ReckoningLane): Promise<void> {
  const { id } = lane.organisation;
  for (const counted of await rows(DAYS, [id])) {
    const { standings, dues } = await faultsOf(counted);
    const sums = { standings: standings.map(missing), dues: dues.map(missing) };
    await inReckoningLane(lane, () => writeSums(id, sums, counted.day));
  }
}

const missing = ({ stored, counted, ...fault }: CountFault): CountSum => ({
  ...fault,
  people: counted - stored,
});

/** What differs between the counts of an organisation and its intervals, as of the day up to which each is counted. */
export async function countFaults(organisationId: string): Promise<CountFault[]> {
  const found = [];
  for (const counted of await rows(DAYS, [organisationId])) {
    const { standings, dues } = await faultsOf(counted);
    found.push(...standings, ...dues);
  }
  return found;
}

const STORED = sql`select ${columns(StandingCount, 'c', 'requirementId', 'unitId', 'people')}, ${renamed(StandingCount, 'c', { of: 'standing' })}
  from ${StandingCount} c where c.requirement_id = $1`;
const STORED_DUE = sql`select ${columns(DueCount, 'c', 'requirementId', 'unitId', 'people')}, ${renamed(DueCount, 'c', { of: 'dueDay' })}
  from ${DueCount} c where c.requirement_id = $1`;

const COUNTED = sql`select ${columns(StandingInterval, 'i', 'requirementId', 'unitId', 'standing', 'dueDay')}, count(*) ${as('people', integer())}
  from ${StandingInterval} i where i.requirement_id = $1 and i.from_day <= $2 and (i.to_day is null or i.to_day > $2)
    and i.retired_at is null group by i.requirement_id, i.unit_id, i.standing, i.due_day`;

async function faultsOf({ requirementId, day }: { requirementId: string; day: string }) {
  const found = await rows(COUNTED, [requirementId, day]);
  const right = await sumsOf(found.map(each => ({ ...each, people: Number(each.people) })));
  return {
    standings: differing(await rows(STORED, [requirementId]), right.standings),
    dues: differing(await rows(STORED_DUE, [requirementId]), right.dues),
  };
}

function differing(stored: readonly CountSum[], counted: readonly CountSum[]): CountFault[] {
  const before = new Map(stored.map(each => [countKey(each), each]));
  const right = new Map(counted.map(each => [countKey(each), each]));
  return [...new Map([...before, ...right])].flatMap(([key, { people: _, ...at }]) => {
    const numbers = { stored: before.get(key)?.people ?? 0, counted: right.get(key)?.people ?? 0 };
    return numbers.stored === numbers.counted ? [] : { ...at, ...numbers };
  });
}
