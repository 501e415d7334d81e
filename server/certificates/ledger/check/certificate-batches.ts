import { row, rows } from '../../../db/rows.js';
import type { Param } from '../../../db/lanes.js';
import type { Sql } from '../../../db/sql.js';

/** Rows at a time: a table of any length is read in steady memory. */
const BATCH = 500;

/** All rows of a query that ends with `where … > $1 order by … limit $2`, where `seq` is what it is ordered by. */
export async function* inBatches<R extends { seq: number }>(
  query: Sql<R>,
  more: readonly Param[] = [],
): AsyncGenerator<R> {
  for (let after = 0; ;) {
    const batch: R[] = await rows(query, [after, BATCH, ...more]);
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = last.seq;
  }
}

/** The one number that a query gives, or 0. */
export const numberFrom = async (query: Sql<{ n: number | null }>): Promise<number> =>
  Number((await row(query))?.n ?? 0);

/** Finds the row with a given hash: `query` selects its `seq`, and `$1` is the hash. Gives null where there is none. */
export const seqWithHash =
  (query: Sql<{ seq: number }>) =>
  async (hash: string): Promise<number | null> =>
    (await row(query, [hash]))?.seq ?? null;
