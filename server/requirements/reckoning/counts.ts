import { insertList, rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { chunks } from '../../lib/chunks.js';
import { UnitAncestor } from '../../organisations/tables.js';
import type { Standing } from '../standings.js';
import { StandingCount } from '../tables.js';
import { groupedBy } from './grouped.js';

/** So many people more (or fewer) stand so; at a unit alone, or ('') anywhere in the organisation. */
export interface CountChange {
  readonly requirementId: string;
  readonly unitId: string;
  readonly standing: Standing;
  readonly people: number;
}

/** Where somebody is counted; whoever has no home placement counts only in the whole organisation. */
export type CountedPeople = Omit<CountChange, 'unitId'> & { readonly unitId: string | null };

/** Rows of one statement. */
const MOST_ROWS = 500;

/**
 * Count people, or take them out of the count, at their units and in all above them, on today's tree. `day`: up to which the
 * requirement is counted. Rows are written in the order of their keys, so that two writers never wait for each other in turn.
 */
export async function addCounts(
  organisationId: string,
  changes: readonly CountedPeople[],
  day: string,
): Promise<void> {
  await writeSums(organisationId, await withUnitsAbove(changes), day);
}

/** As `addCounts`, of changes that name each unit that they count in. */
export async function writeSums(
  organisationId: string,
  sums: readonly CountChange[],
  day: string,
): Promise<void> {
  const counted = sums.map(({ requirementId, unitId, standing, people }) => ({
    ...{ requirementId, unitId, standing, organisationId, people, changedOn: day },
  }));
  for (const part of chunks(counted, MOST_ROWS)) await insertList(StandingCount, part, ADDING);
}

const ADDING = sql`on conflict (requirement_id, unit_id, standing) do update
  set people = ${StandingCount}.people + excluded.people, changed_on = excluded.changed_on`;

/** The same for each unit and each above it; what adds up to nothing is left out. Nobody counts people of whom nothing is required. */
export async function withUnitsAbove(changes: readonly CountedPeople[]): Promise<CountChange[]> {
  const counted = changes.filter(({ standing }) => standing !== 'not-required');
  const above = await unitsAbove([...new Set(counted.flatMap(({ unitId }) => unitId ?? []))]);
  const sums = new Map<string, CountChange>();
  for (const { unitId, ...change } of counted)
    for (const at of ['', ...(above.get(unitId ?? '') ?? [])]) {
      const key = countKey({ ...change, unitId: at });
      const people = (sums.get(key)?.people ?? 0) + change.people;
      sums.set(key, { ...change, unitId: at, people });
    }
  return [...sums]
    .filter(([, { people }]) => people !== 0)
    .sort(byKey)
    .map(([, sum]) => sum);
}

export const countKey = ({ requirementId, unitId, standing }: Omit<CountChange, 'people'>): string =>
  `${requirementId} ${unitId} ${standing}`;

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
