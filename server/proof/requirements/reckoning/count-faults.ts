import { rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer, type Row } from '../../../platform/db/table.js';
import { DueCount, RequirementDay, StandingCount, StandingInterval } from '../tables.js';
import { countKey, sumsOf, writeSums, type CountedPeople, type CountSum } from './counts.js';
import { daysTogether, type DaySpan } from './days-together.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';

/** A number that is not what the intervals say: of people who stand so, or for whom it is due on a day. */
export interface CountFault extends Omit<CountSum, 'people'> {
  readonly stored: number;
  readonly counted: number;
}

const DAYS = sql`select ${columns(RequirementDay, 'd', 'requirementId', 'day')} from ${RequirementDay} d
  where d.organisation_id = $1 order by d.requirement_id`;

/** Intervals that are counted together. */
const TOGETHER = 100_000;

/** Count the people of the lane's organisation anew by their intervals, and correct what differs, one requirement after the other. */
export async function mendCounts(lane: ReckoningLane): Promise<void> {
  const { id } = lane.organisation;
  for (const counted of await rows(DAYS, [id]))
    for await (const { standings, dues } of faultsOf(counted, TOGETHER)) {
      const sums = { standings: standings.map(missing), dues: dues.map(missing) };
      await inReckoningLane(lane, () => writeSums(id, sums, counted.day));
    }
}

const missing = ({ stored, counted, ...fault }: CountFault): CountSum => ({
  ...fault,
  people: counted - stored,
});

/**
 * What differs between the counts of an organisation and its intervals, as of the day up to which each is counted. `most`: so many
 * intervals are counted together, or those of one day.
 */
export async function countFaults(organisationId: string, most = TOGETHER): Promise<CountFault[]> {
  const found: CountFault[] = [];
  for (const counted of await rows(DAYS, [organisationId]))
    for await (const { standings, dues } of faultsOf(counted, most)) found.push(...standings, ...dues);
  return found;
}

const STORED = sql`select ${columns(StandingCount, 'c', 'requirementId', 'unitId', 'people')}, ${renamed(StandingCount, 'c', { of: 'standing' })}
  from ${StandingCount} c where c.requirement_id = $1`;
const STORED_DUE = sql`select ${columns(DueCount, 'c', 'requirementId', 'unitId', 'people')}, ${renamed(DueCount, 'c', { of: 'dueDay' })}
  from ${DueCount} c where c.requirement_id = $1 and c.due_day >= $2 and c.due_day < $3`;

/** What stands beside `from_day` keeps SQLite from its index: it would read all of the requirement for each span. */
const counting = (due: string) => sql`
  select ${columns(StandingInterval, 'i', 'requirementId', 'unitId', 'standing', 'dueDay')}, count(*) ${as('people', integer())}
  from ${StandingInterval} i where i.requirement_id = $1 and i.from_day || '' <= $2 and (i.to_day is null or i.to_day > $2)
    and i.retired_at is null and ${{ text: due }} group by i.requirement_id, i.unit_id, i.standing, i.due_day`;
const COUNTED_DUE = counting('i.due_day >= $3 and i.due_day < $4');
const COUNTED_NEVER = counting('i.due_day is null');

interface Faults {
  readonly standings: readonly CountFault[];
  readonly dues: readonly CountFault[];
}

/** The numbers of one requirement, those due in a few days at a time: of a million people they would not fit into memory together. */
async function* faultsOf(
  { requirementId, day }: Pick<Row<typeof RequirementDay>, 'requirementId' | 'day'>,
  most: number,
): AsyncGenerator<Faults> {
  const standings = new Map<string, CountSum>();
  const right = async (found: readonly CountedPeople[]) => {
    const sums = await sumsOf(found.map(each => ({ ...each, people: Number(each.people) })));
    for (const sum of sums.standings) addTo(standings, sum);
    return sums.dues;
  };
  await right(await rows(COUNTED_NEVER, [requirementId, day]));
  for (const { from, to } of await dueSpans(requirementId, most)) {
    const dues = await right(await rows(COUNTED_DUE, [requirementId, day, from, to]));
    yield { standings: [], dues: differing(await rows(STORED_DUE, [requirementId, from, to]), dues) };
  }
  yield { standings: differing(await rows(STORED, [requirementId]), [...standings.values()]), dues: [] };
}

function addTo(sums: Map<string, CountSum>, sum: CountSum): void {
  const key = countKey(sum);
  sums.set(key, { ...sum, people: sum.people + (sums.get(key)?.people ?? 0) });
}

const DUE_DAYS = sql`select ${columns(StandingInterval, 'i', 'dueDay')}, count(*) ${as('people', integer())} from ${StandingInterval} i
  where i.requirement_id = $1 and i.retired_at is null and i.due_day is not null group by i.due_day order by i.due_day`;

const dueSpans = async (requirementId: string, most: number): Promise<DaySpan[]> =>
  daysTogether(
    (await rows(DUE_DAYS, [requirementId])).map(({ dueDay, people }) => ({
      day: dueDay ?? '',
      people: Number(people),
    })),
    most,
  );

function differing(stored: readonly CountSum[], counted: readonly CountSum[]): CountFault[] {
  const before = new Map(stored.map(each => [countKey(each), each]));
  const right = new Map(counted.map(each => [countKey(each), each]));
  return [...new Map([...before, ...right])].flatMap(([key, { people: _, ...at }]) => {
    const numbers = { stored: before.get(key)?.people ?? 0, counted: right.get(key)?.people ?? 0 };
    return numbers.stored === numbers.counted ? [] : { ...at, ...numbers };
  });
}
