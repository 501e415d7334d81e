import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, sql } from '../../../platform/db/sql.js';
import { Unit } from '../tables.js';
import { keptWithTree } from './kept-trees.js';
import type { PlacedUnit } from './unit-order.js';

/** A unit as a form offers it. */
export interface UnitOption {
  readonly value: string;
  readonly label: string;
}

const CODES = sql`select ${columns(Unit, 'u', 'id')}, ${notNull(columns(Unit, 'u', 'code'))} from ${Unit} u
  where u.organisation_id = $1 and u.code is not null`;

const codesOf = keptWithTree(
  async (organisationId): Promise<ReadonlyMap<string, string>> =>
    new Map((await rows(CODES, [organisationId])).map(({ id, code }) => [id, code])),
);

/** What was made for units that are kept: to put thousands of paths together takes longer than the rest of a page. */
const made = new WeakMap<readonly PlacedUnit[], readonly UnitOption[]>();

/** Units of an organisation to choose from: each by its path and its code, so that it is found by either. */
export async function unitOptions(
  organisationId: string,
  units: readonly PlacedUnit[],
): Promise<readonly UnitOption[]> {
  const codes = await codesOf(organisationId);
  const known = made.get(units);
  if (known) return known;
  const options = units.map(({ id, path }) =>
    unitOption({ id, path: path.join(' › '), code: codes.get(id) ?? null }),
  );
  made.set(units, options);
  return options;
}

/** A unit with the way to it (`Europe › Lyon`), as a choice. */
export const unitOption = (unit: { id: string; path: string; code: string | null }): UnitOption => ({
  value: unit.id,
  label: unit.code === null ? unit.path : `${unit.path} (${unit.code})`,
});

const OPEN_UNITS = sql`select ${columns(Unit, 'u', 'id', 'name', 'parentId', 'code')} from ${Unit} u
  where u.organisation_id = $1 and u.closed_on is null`;

/** The open units of an organisation, each as the way to it (`Europe › Lyon`), in that order. */
export async function unitPaths(
  organisationId: string,
): Promise<{ id: string; path: string; code: string | null }[]> {
  const units = await rows(OPEN_UNITS, [organisationId]);
  const byId = new Map(units.map(unit => [unit.id, unit]));
  const pathOf = ({ name, parentId }: { name: string; parentId: string | null }): string => {
    const above = parentId === null ? undefined : byId.get(parentId);
    return above ? `${pathOf(above)} › ${name}` : name;
  };
  return units
    .map(unit => ({ id: unit.id, path: pathOf(unit), code: unit.code }))
    .sort((one, other) => one.path.localeCompare(other.path));
}
