import type { Param } from '../../server/platform/db/lanes.js';
import * as db from '../../server/platform/db/rows.js';
import { inTransaction } from '../../server/platform/db/transaction.js';

/** Any SQL, as a test writes it: it may name every table, and says for itself what it reads. */
export const rows = <T>(text: string, params: readonly Param[] = []): Promise<T[]> =>
  db.rows({ text }, params) as Promise<T[]>;

/** The first row, or null. */
export const row = <T>(text: string, params: readonly Param[] = []): Promise<T | null> =>
  db.row({ text }, params) as Promise<T | null>;

/** One statement, kept. */
export const write = (sql: string, params: readonly Param[] = []) => inTransaction(() => rows(sql, params));

/** How many rows a condition finds. */
export async function count(from: string, params: readonly Param[] = []): Promise<number> {
  return Number((await row<{ n: number }>(`select count(*) as n from ${from}`, params))?.n);
}
