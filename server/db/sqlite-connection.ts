import { setTimeout } from 'node:timers/promises';
import sqlite3 from 'sqlite3';

/** How long a writer waits for a writer in another process (ms). */
export const BUSY_TIMEOUT = 5_000;

/**
 * Set on every connection, not only on the first: Sequelize opens one for each transaction. With FULL each commit costs one
 * sync, and nothing that was acknowledged is lost when the power fails. How long to wait comes first: the others may wait.
 */
const PRAGMAS = `PRAGMA busy_timeout=${BUSY_TIMEOUT}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;`;

/** A connection with our settings; Sequelize opens these for itself. */
export class PreparedDatabase extends sqlite3.Database {
  constructor(file: string, mode: number, ready: (error: Error | null) => void) {
    super(file, mode, (error: Error | null) => (error ? ready(error) : this.exec(PRAGMAS, ready)));
  }
}

/**
 * Let the file of this connection keep a write-ahead log. It is kept in the file, so one connection does it for all. SQLite
 * refuses it at once while another connection does the same or reads, without the usual wait.
 */
export async function keepWriteAheadLog(connection: sqlite3.Database): Promise<void> {
  const until = performance.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      return await execute(connection, 'PRAGMA journal_mode=WAL');
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > until) throw thrown;
    }
    await setTimeout(BUSY_PAUSE);
  }
}

/** Between two tries to be alone with a file (ms). */
const BUSY_PAUSE = 10;

/** A connection outside Sequelize. A reader refuses writes, so that a stray one fails at once instead of racing the writer. */
export async function openConnection(
  file: string,
  { isReader }: { isReader: boolean },
): Promise<sqlite3.Database> {
  const connection = await new Promise<sqlite3.Database>((done, fail) => {
    const opening: sqlite3.Database = new PreparedDatabase(file, sqlite3.OPEN_READWRITE, error =>
      error ? fail(error) : done(opening),
    );
  });
  if (isReader) await execute(connection, 'PRAGMA query_only=ON');
  return connection;
}

/** Run statements that return nothing. */
export const execute = (connection: sqlite3.Database, sql: string): Promise<void> =>
  new Promise((done, fail) => connection.exec(sql, (error: Error | null) => (error ? fail(error) : done())));

/** Close a connection. Throws when it stays open, as one with a statement that was never finalized does. */
export const closeConnection = (connection: sqlite3.Database): Promise<void> =>
  new Promise((done, fail) => connection.close((error: Error | null) => (error ? fail(error) : done())));
