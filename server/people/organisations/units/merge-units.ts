import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { record, type Circumstances } from '../../../platform/events/record.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { overlap, uncovered } from '../../../platform/lib/dated.js';
import { changedUnit } from '../people/member-changes.js';
import { readMembers } from '../people/stored-members.js';
import { writeMembers } from '../people/write-members.js';
import { Placement, Unit } from '../tables.js';
import {
  changeTree,
  isOpenOn,
  spansOf,
  withPart,
  withUnit,
  type TreeChange,
  type UnitOutcome,
} from './change-tree.js';
import type { UnitSpan } from './unit-tree.js';

/** One unit that goes on in another, from a day on. */
export interface Merger {
  readonly unitId: string;
  readonly intoId: string;
  readonly fromDay: string;
}

/** Merge a unit into another: from the day on its people are placed there, the units below it hang there, and it is closed. */
export function mergeUnits(change: TreeChange, merger: Merger): Promise<UnitOutcome> {
  const { unitId, intoId, fromDay } = merger;
  const tell = (by: Circumstances) => record('unit.merged', { unitId, intoId, fromDay }, by);
  return changeTree(change, { unitId, fromDay, tell }, async spans => {
    if (!isOpenOn(spans, unitId, fromDay)) return 'unknown';
    if (unitId === intoId) return 'circle';
    const forGood = { fromDay, toDay: null, value: null };
    if (uncovered(forGood, spansOf(spans, intoId)).length > 0) return 'into-closed';
    const after = withUnit(movedBelow(spans, merger), unitId, forGood);
    return { after, write: () => movePeople(change, merger) };
  });
}

/** On every day from the merger on, what was below the one unit is below the other. */
const movedBelow = (spans: readonly UnitSpan[], { unitId, intoId, fromDay }: Merger): readonly UnitSpan[] =>
  spans
    .filter(span => span.value.parentId === unitId && overlap(span, { fromDay, toDay: null }))
    .reduce(
      (known, span) =>
        withPart(known, span.unitId, {
          fromDay: span.fromDay > fromDay ? span.fromDay : fromDay,
          toDay: span.toDay,
          part: { parentId: intoId },
        }),
      spans,
    );

const PLACED = sql`select distinct ${columns(Placement, 'p', 'membershipId')} from ${Placement} p
  where p.unit_id = $1 and p.retired_at is null and (p.to_day is null or p.to_day > $2) order by 1`;

/** How many memberships are read and written at a time. */
const BATCH = 500;

async function movePeople({ organisation, ...by }: TreeChange, merger: Merger): Promise<void> {
  await rows(sql`update ${Unit} set merged_into = $1 where id = $2`, [merger.intoId, merger.unitId]);
  const placed = await rows(PLACED, [merger.unitId, merger.fromDay]);
  for (const part of chunks(placed, BATCH)) {
    const members = await readMembers(
      organisation,
      part.map(({ membershipId }) => membershipId),
    );
    const moved = [...members.values()].map(before => ({ before, after: changedUnit(before, merger) }));
    await writeMembers(organisation, moved, by);
  }
}
