import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { record, type Circumstances } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { Placement, Unit } from '../tables.js';
import {
  changeTree,
  isOpenOn,
  withPart,
  withUnit,
  type TreeChange,
  type UnitOutcome,
} from './change-tree.js';
import type { UnitSpan } from './unit-tree.js';

/** A unit to open. `code`: what rosters call it, unique in the organisation; null: none. `parentId` null: at the top. */
export interface NewUnit {
  readonly name: string;
  readonly code: string | null;
  readonly parentId: string | null;
  readonly fromDay: string;
}

/** Open a unit from a day on. */
export function openUnit(
  change: TreeChange,
  { name, code, parentId, fromDay }: NewUnit,
): Promise<UnitOutcome> {
  const unitId = newId();
  const organisationId = change.organisation.id;
  const tell = (by: Circumstances) => record('unit.opened', { unitId, parentId, code, fromDay }, by);
  return changeTree(change, { unitId, fromDay, tell }, async spans => {
    if (await isCodeTaken(organisationId, unitId, code)) return 'code-taken';
    const after = withUnit(spans, unitId, { fromDay, toDay: null, value: { name, parentId } });
    const row = { id: unitId, organisationId, parentId, name, code, createdAt: change.now };
    return { after, write: () => insert(Unit, row) };
  });
}

/** Give a unit another name from a day on, and another code at once. */
export function renameUnit(
  change: TreeChange,
  { unitId, name, code, fromDay }: { unitId: string; name: string; code: string | null; fromDay: string },
): Promise<UnitOutcome> {
  const tell = (by: Circumstances) => record('unit.renamed', { unitId, code, fromDay }, by);
  return changeTree(change, { unitId, fromDay, tell }, async spans => {
    if (!isOpenOn(spans, unitId, fromDay)) return 'unknown';
    if (await isCodeTaken(change.organisation.id, unitId, code)) return 'code-taken';
    const after = withPart(spans, unitId, { fromDay, part: { name } });
    return { after, write: () => rows(sql`update ${Unit} set code = $1 where id = $2`, [code, unitId]) };
  });
}

/** Put a unit, with all below it, below another (null: at the top), from a day on. A past day corrects what was said. */
export function moveUnit(
  change: TreeChange,
  { unitId, parentId, fromDay }: { unitId: string; parentId: string | null; fromDay: string },
): Promise<UnitOutcome> {
  const tell = (by: Circumstances) => record('unit.moved', { unitId, parentId, fromDay }, by);
  return changeTree(change, { unitId, fromDay, tell }, async spans =>
    isOpenOn(spans, unitId, fromDay)
      ? { after: withPart(spans, unitId, { fromDay, part: { parentId } }) }
      : 'unknown',
  );
}

/** Close a unit: from this day on it is not there. Refused while people are placed in it, or units are below it. */
export function closeUnit(
  change: TreeChange,
  { unitId, fromDay }: { unitId: string; fromDay: string },
): Promise<UnitOutcome> {
  const tell = (by: Circumstances) => record('unit.closed', { unitId, fromDay }, by);
  return changeTree(change, { unitId, fromDay, tell }, async spans => {
    if (!isOpenOn(spans, unitId, fromDay)) return 'unknown';
    if (hasUnitsBelow(spans, unitId, fromDay)) return 'has-units';
    if (await hasPeople(unitId, fromDay)) return 'has-people';
    return { after: withUnit(spans, unitId, { fromDay, toDay: null, value: null }) };
  });
}

const hasUnitsBelow = (spans: readonly UnitSpan[], unitId: string, fromDay: string): boolean =>
  spans.some(({ value, toDay }) => value.parentId === unitId && (toDay === null || toDay > fromDay));

const PLACED = sql`select ${columns(Placement, 'p', 'id')} from ${Placement} p
  where p.unit_id = $1 and p.retired_at is null and (p.to_day is null or p.to_day > $2) limit 1`;

const hasPeople = async (unitId: string, fromDay: string): Promise<boolean> =>
  (await row(PLACED, [unitId, fromDay])) !== null;

const CODE = sql`select ${columns(Unit, 'u', 'id')} from ${Unit} u where u.organisation_id = $1 and u.code = $2 and u.id <> $3`;

const isCodeTaken = async (organisationId: string, unitId: string, code: string | null): Promise<boolean> =>
  code !== null && (await row(CODE, [organisationId, code, unitId])) !== null;
