import { insertAll, rows } from '../db/rows.js';
import { parameters, type Sql } from '../db/sql.js';
import type { NewRow, Table } from '../db/table.js';
import { chunks } from '../lib/chunks.js';

/** Rows in one statement: a dozen columns each stay below the 32 766 parameters that SQLite takes. */
const MOST = 1_000;

/** Insert any number of rows; all name the same columns in the same order. */
export async function insertMany<T extends Table>(table: T, all: readonly NewRow<T>[]): Promise<void> {
  for (const part of chunks(all, MOST)) await insertAll(table, part);
}

/** Run a statement for any number of ids: `statement` makes it from the list of them, whose parameters begin at `first`. */
export async function forEachOf(
  ids: readonly string[],
  first: readonly (string | number | boolean | null)[],
  statement: (list: Sql) => Sql,
): Promise<void> {
  for (const part of chunks(ids, MOST))
    await rows(statement(parameters(part.length, first.length + 1)), [...first, ...part]);
}
