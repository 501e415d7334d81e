import type { UnitOfDay } from './unit-tree.js';

/** A unit in its place in the tree. `path`: the names of those above it, from the top, and its own. */
export interface PlacedUnit extends UnitOfDay {
  readonly path: readonly string[];
  /** The ids of itself and those above it. */
  readonly above: readonly string[];
}

/** Units in the order of the tree: each after the one above it, and those beside each other by name. */
export function inTreeOrder(units: readonly UnitOfDay[], locale: string): PlacedUnit[] {
  const below = new Map<string | null, UnitOfDay[]>();
  for (const unit of units) below.set(unit.parentId, [...(below.get(unit.parentId) ?? []), unit]);
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
  const under = (parentId: string | null): Branch[] =>
    units
      .filter(unit => (ids.has(unit.parentId ?? '') ? unit.parentId : null) === parentId)
      .map(({ id, name }) => ({ id, name, below: under(id) }));
  return under(null);
}
