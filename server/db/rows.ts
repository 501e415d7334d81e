import { QueryTypes } from 'sequelize';
import type sqlite3 from 'sqlite3';
import { database } from './connect.js';
import { currentTransaction } from './transaction.js';

export type Param = string | number | boolean | null;

/**
 * Raw parameterised SQL for hot reads and for statements that models cannot say (`insert … on conflict …
 * returning`). Parameters are `$1`, `$2`, …; the statement joins the ambient transaction. Writes need one:
 * on SQLite the connection used outside a transaction refuses them.
 */
export async function rows<T>(sql: string, params: readonly Param[] = []): Promise<T[]> {
  const { sequelize, reader } = database();
  const transaction = currentTransaction();
  if (!reader) {
    return sequelize.query(sql, {
      bind: [...params],
      type: QueryTypes.SELECT,
      transaction,
    }) as unknown as Promise<T[]>;
  }
  // Sequelize's types hide the driver's connection; going past its query layer is what makes this cheap.
  const inside = transaction as unknown as { connection: sqlite3.Database } | null;
  const statement = inside ? null : await prepared(reader, sql);
  return new Promise((done, fail) => {
    const answered = (error: Error | null, found: unknown[]) => (error ? fail(error) : done(found as T[]));
    if (inside) inside.connection.all(sql, named(params), answered);
    else statement?.all(named(params), answered);
  });
}

/** The first row, or null. */
export async function row<T>(sql: string, params: readonly Param[] = []): Promise<T | null> {
  return (await rows<T>(sql, params))[0] ?? null;
}

const named = (params: readonly Param[]) =>
  Object.fromEntries(params.map((value, index) => [`$${index + 1}`, value]));

const statements = new WeakMap<sqlite3.Database, Map<string, Promise<sqlite3.Statement>>>();

/** Statements are written in the source, so there are few: each is prepared once a connection. */
function prepared(reader: sqlite3.Database, sql: string): Promise<sqlite3.Statement> {
  const known = statements.get(reader) ?? new Map<string, Promise<sqlite3.Statement>>();
  statements.set(reader, known);
  const found = known.get(sql) ?? prepare(reader, sql);
  known.set(sql, found);
  // A statement that could not be prepared (database gone, for the moment) is tried afresh next time.
  found.catch(() => known.delete(sql));
  return found;
}

/** Waited for, since the driver drops what is asked of a statement that turns out not to be one: nobody would be answered. */
const prepare = (reader: sqlite3.Database, sql: string): Promise<sqlite3.Statement> =>
  new Promise((done, fail) => {
    const fresh: sqlite3.Statement = reader.prepare(sql, (error: Error | null) =>
      error ? fail(error) : done(fresh),
    );
  });
