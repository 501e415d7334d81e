import { row, rows } from '../../../../platform/db/rows.js';
import type { Param } from '../../../../platform/db/lanes.js';
import type { Sql } from '../../../../platform/db/sql.js';

/** Rows at a time: a table of any length is read in steady memory. */
const BATCH = 500;

/** All rows of a query that ends with `where … > $1 order by … limit $2`, where `seq` is what it is ordered by; of those after `first`. */
export async function* inBatches<R extends { seq: number }>(
  query: Sql<R>,
  more: readonly Param[] = [],
  first = 0,
): AsyncGenerator<R> {
  for await (const batch of batchesOf(query, more, first)) yield* batch;
}

/** The same, batch by batch. */
export async function* batchesOf<R extends { seq: number }>(
  query: Sql<R>,
  more: readonly Param[] = [],
  first = 0,
): AsyncGenerator<readonly R[]> {
  for (let after = first; ;) {
    const batch: R[] = await rows(query, [after, BATCH, ...more]);
    yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = last.seq;
  }
}

/** What comes one by one, in lists of the same length: for what is asked of many at once. */
export async function* inLists<T>(each: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let list: T[] = [];
  for await (const one of each) {
    if (list.push(one) < BATCH) continue;
    yield list;
    list = [];
  }
  yield list;
}

/** The one number that a query gives, or 0. */
export const numberFrom = async (query: Sql<{ n: number | null }>): Promise<number> =>
  Number((await row(query))?.n ?? 0);

/** Finds the row with a given hash: `query` selects its `seq`, and `$1` is the hash. Gives null where there is none. */
export const seqWithHash =
  (query: Sql<{ seq: number }>) =>
  async (hash: string): Promise<number | null> =>
    (await row(query, [hash]))?.seq ?? null;
