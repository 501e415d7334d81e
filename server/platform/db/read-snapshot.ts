import { database } from './connect.js';
import { rows } from './rows.js';
import { sql } from './sql.js';
import { inTransaction } from './transaction.js';

/**
 * Run reads that see the database as it was at one moment, whatever others write meanwhile. Not inside a transaction: on
 * PostgreSQL it must be told before its first read. On SQLite writers wait, so the work is short and does nothing else.
 */
export const inSnapshot = <T>(work: () => Promise<T>): Promise<T> =>
  inTransaction(async () => {
    if (database().dialect === 'postgres') await rows(sql`set transaction isolation level repeatable read`);
    return work();
  });
