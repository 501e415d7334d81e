import { groupedBy } from '../../../platform/lib/lists/grouped.js';
import { unitsOn, type UnitOfDay, type UnitSpan } from './unit-tree.js';

/** A unit in its place in the tree. `path`: the names of those above it, from the top, and its own. */
export interface PlacedUnit extends UnitOfDay {
  readonly path: readonly string[];
  /** The ids of itself and those above it. */
  readonly above: readonly string[];
}

interface Ordered {
  readonly day: string;
  readonly locale: string;
  readonly units: readonly PlacedUnit[];
}

/** The last answer for spans that are kept: thousands of names take longer to sort than a page to make. */
const ordered = new WeakMap<readonly UnitSpan[], Ordered>();

/** The units that are open on a day in the order of the tree: each after the one above it, and those beside each other by name. */
export function unitsInOrder(spans: readonly UnitSpan[], day: string, locale: string): readonly PlacedUnit[] {
  const known = ordered.get(spans);
  if (known?.day === day && known.locale === locale) return known.units;
  const units = inTreeOrder(unitsOn(spans, day), locale);
  ordered.set(spans, { day, locale, units });
  return units;
}

function inTreeOrder(units: readonly UnitOfDay[], locale: string): PlacedUnit[] {
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
