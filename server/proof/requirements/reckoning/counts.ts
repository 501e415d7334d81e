import { insertList, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { UnitAncestor } from '../../../people/organisations/tables.js';
import { AHEAD, type Standing } from '../standings.js';
import { DueCount, StandingCount } from '../tables.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';

/** People to be counted, or (-1) taken out of the count: where they work (null: nowhere), how they stand, what is due when. */
export interface CountedPeople {
  readonly requirementId: string;
  readonly unitId: string | null;
  readonly standing: Standing;
  readonly dueDay: string | null;
  readonly people: number;
}

/** So many people more (or fewer) of a unit and below it ('': of the organisation) stand so; or it is due for them on that day. */
export interface CountSum {
  readonly requirementId: string;
  readonly unitId: string;
  readonly of: string;
  readonly people: number;
}

export interface CountSums {
  readonly standings: readonly CountSum[];
  readonly dues: readonly CountSum[];
}

/**
 * Count people, or take them out of the count, at their units and in all above them, on today's tree. `day`: up to which the
 * requirement is counted. Rows are written in the order of their keys, so that two writers never wait for each other in turn.
 */
export async function addCounts(
  organisationId: string,
  changes: readonly CountedPeople[],
  day: string,
): Promise<void> {
  await writeSums(organisationId, await sumsOf(changes), day);
}

/** Rows of one statement. */
const MOST_ROWS = 500;

/** As `addCounts`, of what is summed up already. */
export async function writeSums(
  organisationId: string,
  { standings, dues }: CountSums,
  day: string,
): Promise<void> {
  const counted = standings.map(({ of, ...sum }) => ({
    ...{ ...sum, standing: of as Standing, organisationId, changedOn: day },
  }));
  for (const part of chunks(counted, MOST_ROWS)) await insertList(StandingCount, part, ADDING);
  const due = dues.map(({ of, ...sum }) => ({ ...sum, dueDay: of, organisationId }));
  for (const part of chunks(due, MOST_ROWS)) await insertList(DueCount, part, ADDING_DUE);
  if (due.length > 0) await rows(NOBODY, [organisationId]);
}

const ADDING = sql`on conflict (requirement_id, unit_id, standing) do update
  set people = ${StandingCount}.people + excluded.people, changed_on = excluded.changed_on`;
const ADDING_DUE = sql`on conflict (requirement_id, unit_id, due_day) do update
  set people = ${DueCount}.people + excluded.people`;

/** Days go by: those on which nothing is due for anybody any more leave no rows. */
const NOBODY = sql`delete from ${DueCount} where organisation_id = $1 and people = 0`;

/** The same for each unit and each above it; what adds up to nothing is left out. Nobody counts people of whom nothing is required. */
export async function sumsOf(changes: readonly CountedPeople[]): Promise<CountSums> {
  const counted = changes.filter(({ standing }) => standing !== 'not-required');
  const ahead = counted.filter(({ standing }) => AHEAD.includes(standing));
  const above = await unitsAbove([...new Set(counted.flatMap(({ unitId }) => unitId ?? []))]);
  return {
    standings: summed(counted, ({ standing }) => standing, above),
    dues: summed(ahead, ({ dueDay }) => dueDay, above),
  };
}

function summed(
  changes: readonly CountedPeople[],
  of: (change: CountedPeople) => string | null,
  above: ReadonlyMap<string, string[]>,
): CountSum[] {
  const sums = new Map<string, CountSum>();
  for (const change of changes)
    for (const unitId of of(change) === null ? [] : ['', ...(above.get(change.unitId ?? '') ?? [])]) {
      const sum = {
        requirementId: change.requirementId,
        unitId,
        of: of(change) ?? '',
        people: change.people,
      };
      const key = countKey(sum);
      sums.set(key, { ...sum, people: sum.people + (sums.get(key)?.people ?? 0) });
    }
  return [...sums]
    .filter(([, { people }]) => people !== 0)
    .sort(byKey)
    .map(([, sum]) => sum);
}

export const countKey = ({ requirementId, unitId, of }: Omit<CountSum, 'people'>): string =>
  `${requirementId} ${unitId} ${of}`;

const byKey = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);

/** Units in one statement. */
const MOST_UNITS = 500;

async function unitsAbove(unitIds: readonly string[]): Promise<Map<string, string[]>> {
  const found: Pick<Row<typeof UnitAncestor>, 'unitId' | 'ancestorId'>[] = [];
  for (const part of chunks(unitIds, MOST_UNITS))
    found.push(
      ...(await rows(
        sql`select ${columns(UnitAncestor, 'a', 'unitId', 'ancestorId')} from ${UnitAncestor} a
            where a.unit_id in (${parameters(part.length)})`,
        part,
      )),
    );
  const above = groupedBy(found, 'unitId');
  return new Map([...above].map(([id, all]) => [id, all.map(({ ancestorId }) => ancestorId)]));
}
