/**
 * What `work` makes of each, one after the other. For statements inside a transaction: it has one connection, which takes one at a
 * time.
 */
export async function oneByOne<T, R>(all: readonly T[], work: (each: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const each of all) results.push(await work(each));
  return results;
}
