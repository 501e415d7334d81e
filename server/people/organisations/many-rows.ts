import { insertList, rows } from '../../platform/db/rows.js';
import { parameters, type Sql } from '../../platform/db/sql.js';
import type { Param } from '../../platform/db/lanes.js';
import type { NewRow, Table } from '../../platform/db/table.js';
import { chunks } from '../../platform/lib/lists/chunks.js';

/** How many rows or ids one statement takes. */
const MOST = 500;

/**
 * Insert any number of rows; all name the same columns in the same order. Their texts hold no control characters, which not
 * every database takes from a list.
 */
export async function insertMany<T extends Table>(table: T, all: readonly NewRow<T>[]): Promise<void> {
  for (const part of chunks(all, MOST)) await insertList(table, part);
}

/** Run a statement for any number of ids, whose parameters come after those of `first`. */
export async function forEachOf(
  ids: readonly string[],
  first: readonly Param[],
  statement: (list: Sql) => Sql,
): Promise<void> {
  for (const part of chunks(ids, MOST))
    await rows(statement(parameters(part.length, first.length + 1)), [...first, ...part]);
}
