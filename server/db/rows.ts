import { QueryTypes } from 'sequelize';
import type sqlite3 from 'sqlite3';
import { database } from './connect.js';
import { currentLane, type Param } from './lanes.js';
import { named } from './sqlite-readers.js';
import { currentTransaction } from './transaction.js';

/**
 * Raw parameterised SQL for hot reads and for statements that models cannot say (`insert … on conflict …
 * returning`). Parameters are `$1`, `$2`, …; the statement joins the ambient transaction. Without one it only reads,
 * on the connections of the ambient lane (`lanes.ts`): it sees what was committed, and throws when it takes too long.
 * Writes need a transaction: on SQLite the connections outside one refuse them.
 */
export async function rows<T>(sql: string, params: readonly Param[] = []): Promise<T[]> {
  const { sequelize, dialect, read } = database();
  const transaction = currentTransaction();
  if (!transaction) return read(currentLane(), sql, params) as Promise<T[]>;
  if (dialect === 'postgres') {
    const options = { bind: [...params], type: QueryTypes.SELECT as const, transaction };
    return sequelize.query(sql, options) as unknown as Promise<T[]>;
  }
  // Sequelize's types hide the driver's connection; going past its query layer is what makes this cheap.
  const { connection } = transaction as unknown as { connection: sqlite3.Database };
  return new Promise((done, fail) => {
    connection.all(sql, named(params), (error: Error | null, found: unknown[]) =>
      error ? fail(error) : done(found as T[]),
    );
  });
}

/** The first row, or null. */
export async function row<T>(sql: string, params: readonly Param[] = []): Promise<T | null> {
  return (await rows<T>(sql, params))[0] ?? null;
}
