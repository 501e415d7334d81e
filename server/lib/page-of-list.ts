/**
 * What of a list stands on a page of `size` rows, of which one more was asked for: so it is known whether another page follows,
 * and none is empty. `last`: the row after which that page begins; null: nothing follows.
 */
export function pageOfList<T>(found: readonly T[], size: number): { shown: readonly T[]; last: T | null } {
  return { shown: found.slice(0, size), last: found.length > size ? (found[size - 1] ?? null) : null };
}
