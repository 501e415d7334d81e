import type { PlacedUnit } from './unit-order.js';

/** More units are shown in parts, and are looked for by name or code: nobody finds one in a list of hundreds. */
export const UNITS_ON_PAGE = 100;

/**
 * The part of a tree that comes after the unit with the id `after` ('' or another: from the beginning), below the units above its
 * first one, which say where it stands. `last`: the unit after which the next part begins; null: there is none.
 */
export function partOfTree(
  units: readonly PlacedUnit[],
  after: string,
): { readonly units: readonly PlacedUnit[]; readonly last: string | null } {
  const begin = units.findIndex(({ id }) => id === after) + 1;
  const part = units.slice(begin, begin + UNITS_ON_PAGE);
  const above = part[0]?.above.slice(0, -1) ?? [];
  return {
    units: [...units.filter(({ id }) => above.includes(id)), ...part],
    last: begin + UNITS_ON_PAGE < units.length ? (part.at(-1)?.id ?? null) : null,
  };
}
