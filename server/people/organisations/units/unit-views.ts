import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { forEachOf, insertMany } from '../many-rows.js';
import { followTree } from '../people/unit-members.js';
import { Unit, UnitAncestor } from '../tables.js';
import { ancestorsIn, unitView, type UnitOfDay, type UnitSpan } from './unit-tree.js';

/**
 * Bring today's views of an organisation's units, `units` and `unit_ancestors`, up to a day, and who is seen from which unit. Writes
 * only what differs.
 */
export async function refreshUnits(
  organisationId: string,
  spans: readonly UnitSpan[],
  today: string,
): Promise<void> {
  const stored = await rows(UNITS, [organisationId]);
  const spansOf = new Map<string, UnitSpan[]>(stored.map(({ id }) => [id, []]));
  for (const span of spans) spansOf.get(span.unitId)?.push(span);
  const views = stored.map(unit => ({ ...unit, ...unitView(spansOf.get(unit.id) ?? [], today) }));
  for (const [at, view] of views.entries()) {
    const isSame = JSON.stringify(view) === JSON.stringify(stored[at]);
    if (!isSame) await rows(WRITE, [view.name, view.parentId, view.closedOn, view.id]);
  }
  await refreshAncestors(organisationId, views);
}

const UNITS = sql`select ${columns(Unit, 'u', 'id', 'name', 'parentId', 'closedOn')}
  from ${Unit} u where u.organisation_id = $1`;
const WRITE = sql`update ${Unit} set name = $1, parent_id = $2, closed_on = $3 where id = $4`;

/** A unit that is closed stays below the last one that it was below: its people are still seen from there. */
async function refreshAncestors(organisationId: string, units: readonly UnitOfDay[]): Promise<void> {
  const wanted = ancestorsIn(units);
  const known = pathsOf(await rows(ANCESTORS, [organisationId]));
  const paths = pathsOf(wanted);
  const moved = units.flatMap(({ id }) => (paths.get(id)?.join() === known.get(id)?.join() ? [] : id));
  await forEachOf(moved, [], list => sql`delete from ${UnitAncestor} where unit_id in (${list})`);
  const isMoved = new Set(moved);
  await insertMany(
    UnitAncestor,
    wanted.filter(({ unitId }) => isMoved.has(unitId)),
  );
  await followTree({ moved, gained: added(known, paths, moved), lost: added(paths, known, moved) });
}

/** What stands above one of these units in the later paths, and not in the earlier ones. */
const added = (earlier: Paths, later: Paths, units: readonly string[]): string[] => [
  ...new Set(units.flatMap(id => later.get(id)?.filter(above => !earlier.get(id)?.includes(above)) ?? [])),
];

const ANCESTORS = sql`select ${columns(UnitAncestor, 'a', 'unitId', 'ancestorId', 'depth')} from ${UnitAncestor} a
  join ${Unit} u on u.id = a.unit_id where u.organisation_id = $1 order by a.unit_id, a.depth`;

type Paths = ReadonlyMap<string, readonly string[]>;

/** The units above each, from itself upwards. */
function pathsOf(all: readonly { unitId: string; ancestorId: string }[]): Paths {
  const paths = new Map<string, string[]>();
  for (const { unitId, ancestorId } of all) {
    const known = paths.get(unitId);
    if (known) known.push(ancestorId);
    else paths.set(unitId, [ancestorId]);
  }
  return paths;
}
