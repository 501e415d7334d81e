import { database } from './connect.js';
import { rows } from './rows.js';
import { sql } from './sql.js';
import type { Table } from './table.js';
import { inTransaction } from './transaction.js';

/**
 * Let PostgreSQL look again at how large tables are, after many rows were written. By itself it does so up to a minute later, and
 * until then plans as if they were as small as before. SQLite plans by its indexes alone.
 */
export async function lookAgain(tables: readonly Table[]): Promise<void> {
  if (database().dialect !== 'postgres') return;
  for (const table of tables) await inTransaction(() => rows(sql`analyze ${table}`));
}
