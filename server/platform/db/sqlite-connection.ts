import { setTimeout } from 'node:timers/promises';
import sqlite3 from 'sqlite3';
import type { Param } from './lanes.js';

/** How long a writer waits for a writer in another process (ms). */
export const BUSY_TIMEOUT = 5_000;

/**
 * Set on every connection, not only on the first: Sequelize opens one for each transaction. With FULL each commit costs one
 * sync, and nothing that was acknowledged is lost when the power fails. How long to wait comes first: the others may wait.
 */
const PRAGMAS = `PRAGMA busy_timeout=${BUSY_TIMEOUT}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;`;

/** How many statements each connection keeps prepared: all in the source. Some vary, hence a limit. */
const MOST_STATEMENTS = 300;

/** A connection with our settings, which keeps its statements prepared; Sequelize opens these for itself. */
export class PreparedDatabase extends sqlite3.Database {
  /** By their SQL, in the order of their last use. */
  readonly #statements = new Map<string, Promise<sqlite3.Statement>>();

  constructor(file: string, mode: number, ready: (error: Error | null) => void) {
    super(file, mode, (error: Error | null) => (error ? ready(error) : this.exec(PRAGMAS, ready)));
  }

  /** The rows of a statement. Its parameters are `$1`, `$2`, … */
  async ask(text: string, params: readonly Param[]): Promise<unknown[]> {
    const statement = await this.#prepared(text);
    return new Promise((done, fail) => {
      statement.all(params, (error: Error | null, found: unknown[]) => (error ? fail(error) : done(found)));
    });
  }

  /** Finalize every statement: until then the connection cannot be closed. */
  async finalizeAll(): Promise<void> {
    const all = [...this.#statements.values()];
    this.#statements.clear();
    await Promise.all(all.map(finalized));
  }

  #prepared(text: string): Promise<sqlite3.Statement> {
    const known = this.#statements.get(text);
    const statement = known ?? prepare(this, text);
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    if (!known) this.#forgetAny(text, statement);
    return statement;
  }

  /** A new statement that turns out to be invalid is not kept, and there is a place for a valid one. */
  #forgetAny(text: string, fresh: Promise<sqlite3.Statement>): void {
    fresh.catch(() => this.#statements.delete(text));
    const [oldest] = this.#statements;
    if (this.#statements.size <= MOST_STATEMENTS || !oldest) return;
    this.#statements.delete(oldest[0]);
    void finalized(oldest[1]);
  }
}

/**
 * SQLite numbers `?1` by its number and `$1` by its place. Waits for the statement: the driver drops calls on one that turns out to
 * be invalid, and nobody would get an answer.
 */
const prepare = (connection: sqlite3.Database, text: string): Promise<sqlite3.Statement> =>
  new Promise((done, fail) => {
    const fresh: sqlite3.Statement = connection.prepare(
      text.replace(/\$(?=\d)/g, '?'),
      (error: Error | null) => (error ? fail(error) : done(fresh)),
    );
  });

const finalized = (statement: Promise<sqlite3.Statement>): Promise<void> =>
  statement.then(
    prepared => new Promise(done => prepared.finalize(() => done())),
    // It was invalid.
    () => undefined,
  );

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
): Promise<PreparedDatabase> {
  const connection = await new Promise<PreparedDatabase>((done, fail) => {
    const opening: PreparedDatabase = new PreparedDatabase(file, sqlite3.OPEN_READWRITE, error =>
      error ? fail(error) : done(opening),
    );
  });
  if (isReader) await execute(connection, 'PRAGMA query_only=ON');
  return connection;
}

/** Run statements that return nothing. */
export const execute = (connection: sqlite3.Database, sql: string): Promise<void> =>
  new Promise((done, fail) => connection.exec(sql, (error: Error | null) => (error ? fail(error) : done())));

/** Close a connection. Throws when it stays open, as one with a statement of somebody else does. */
export async function closeConnection(connection: PreparedDatabase): Promise<void> {
  await connection.finalizeAll();
  await new Promise<void>((done, fail) =>
    connection.close((error: Error | null) => (error ? fail(error) : done())),
  );
}
