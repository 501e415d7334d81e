/**
 * A page of `size` rows of a list, of which `read` gives as many as it is asked for: one more is, so that it is known whether
 * another page follows, and none is empty. `last`: the row after which that page begins; null: nothing follows.
 */
export async function pageOfList<T>(
  size: number,
  read: (limit: number) => Promise<readonly T[]>,
): Promise<{ readonly shown: readonly T[]; readonly last: T | null }> {
  const found = await read(size + 1);
  return { shown: found.slice(0, size), last: found.length > size ? (found[size - 1] ?? null) : null };
}
