import { groupedBy } from '../../lib/grouped.js';
import type { UnitOfDay } from './unit-tree.js';

/** A unit in its place in the tree. `path`: the names of those above it, from the top, and its own. */
export interface PlacedUnit extends UnitOfDay {
  readonly path: readonly string[];
  /** The ids of itself and those above it. */
  readonly above: readonly string[];
}

/** Units in the order of the tree: each after the one above it, and those beside each other by name. */
export function inTreeOrder(units: readonly UnitOfDay[], locale: string): PlacedUnit[] {
  const below = groupedBy(units, 'parentId');
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const walk = (parent: PlacedUnit | null): PlacedUnit[] =>
    (below.get(parent?.id ?? null) ?? [])
      .sort((one, other) => compare(one.name, other.name))
      .flatMap(unit => {
        const placed = {
          ...unit,
          path: [...(parent?.path ?? []), unit.name],
          above: [...(parent?.above ?? []), unit.id],
        };
        return [placed, ...walk(placed)];
      });
  return walk(null);
}

/** A unit with those below it, for a list in lists. */
export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly below: readonly Branch[];
}

/** The tree of these units; one whose upper unit is not among them stands at the top. */
export function branchesOf(units: readonly PlacedUnit[]): Branch[] {
  const ids = new Set(units.map(({ id }) => id));
  const hung = units.map(({ id, name, parentId }) => ({
    id,
    name,
    on: ids.has(parentId ?? '') ? parentId : null,
  }));
  const below = groupedBy(hung, 'on');
  const under = (parentId: string | null): Branch[] =>
    (below.get(parentId) ?? []).map(({ id, name }) => ({ id, name, below: under(id) }));
  return under(null);
}
