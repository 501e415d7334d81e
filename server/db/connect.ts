import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { Sequelize } from 'sequelize';
import sqlite3 from 'sqlite3';

/**
 * Every connection gets these, not only the first: Sequelize opens one for each transaction. WAL with FULL
 * costs one sync a commit and loses nothing that was acknowledged when the power goes.
 */
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;';

class PreparedDatabase extends sqlite3.Database {
  constructor(file: string, mode: number, ready: (error: Error | null) => void) {
    super(file, mode, (error: Error | null) => (error ? ready(error) : this.exec(PRAGMAS, ready)));
  }
}

/** The ambient transaction: Sequelize asks this store which transaction a query belongs to. */
const ambient = new AsyncLocalStorage<Map<string, unknown>>();

Sequelize.useCLS({
  bind: <F>(work: F) => work,
  get: (key: string) => ambient.getStore()?.get(key),
  set: (key: string, value: unknown) => ambient.getStore()?.set(key, value),
  run: (work: (store: Map<string, unknown>) => unknown) => {
    const store = new Map<string, unknown>();
    ambient.run(store, () => work(store));
  },
});

/** What the rest of `db/` needs to know of the open database. One is open in a process. */
export interface Database {
  readonly sequelize: Sequelize;
  readonly dialect: 'sqlite' | 'postgres';
  /** A read-only way to SQLite past Sequelize, for hot pages; null on PostgreSQL. */
  readonly reader: sqlite3.Database | null;
}

let open: Database | null = null;

/** Open the database that `url` names (`sqlite:<file>` or `postgres://…`). */
export async function connect(url: string): Promise<Database> {
  open = url.startsWith('sqlite:')
    ? await openSqlite(resolve(url.slice('sqlite:'.length)))
    : await openPostgres(url);
  return open;
}

/** The open database. Throws when none is. */
export function database(): Database {
  if (!open) throw new Error('No database is open');
  return open;
}

/** Close it; open transactions are waited for by the pool. */
export async function disconnect(): Promise<void> {
  const closing = open;
  open = null;
  if (!closing) return;
  await closing.sequelize.close();
  if (closing.reader) await closed(closing.reader);
}

async function openSqlite(file: string): Promise<Database> {
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage: file,
    dialectModule: { ...sqlite3, Database: PreparedDatabase },
    logging: false,
    retry: { max: 1 },
    define: { underscored: true, timestamps: false },
  });
  keepOneWriter(sequelize);
  // First, so that the file exists and is in WAL before the reader opens it.
  await sequelize.authenticate();
  const reader = await new Promise<sqlite3.Database>((done, fail) => {
    const opening: sqlite3.Database = new PreparedDatabase(file, sqlite3.OPEN_READWRITE, error =>
      error ? fail(error) : done(opening),
    );
  });
  // A write that strays outside a transaction fails at once instead of racing the write queue.
  await new Promise<void>((done, fail) =>
    reader.exec('PRAGMA query_only=ON', (error: Error | null) => (error ? fail(error) : done())),
  );
  return { sequelize, dialect: 'sqlite', reader };
}

/** The part of Sequelize's connection manager for SQLite that we go around. */
interface SqliteManager {
  readonly connections: Record<string, sqlite3.Database>;
  getConnection(options?: { uuid?: string }): Promise<sqlite3.Database>;
  releaseConnection(connection: sqlite3.Database): void;
  destroyConnection(connection: sqlite3.Database): Promise<void>;
}

/**
 * Sequelize opens a connection for each transaction and closes it afterwards, which costs more than the
 * transaction. Ours come one at a time (`db/transaction.ts`), so they share one that stays open.
 */
function keepOneWriter(sequelize: Sequelize): void {
  const manager = sequelize.connectionManager as unknown as SqliteManager;
  const open = manager.getConnection.bind(manager);
  manager.getConnection = options => open({ uuid: options?.uuid ? WRITER : 'default' });
  manager.releaseConnection = () => undefined;
  // After a failed rollback the state of a connection is unknown: the next transaction gets a new one.
  manager.destroyConnection = async connection => {
    delete manager.connections[WRITER];
    await closed(connection);
  };
  // Sequelize's own close leaves SQLite's connections open.
  sequelize.close = async () => {
    await Promise.all(Object.values(manager.connections).map(closed));
  };
}

const WRITER = 'writer';

const closed = (connection: sqlite3.Database): Promise<void> =>
  new Promise(done => connection.close(() => done()));

async function openPostgres(url: string): Promise<Database> {
  const { default: pg } = await import('pg');
  // BIGINT columns hold epoch milliseconds, far below 2^53: as numbers on both databases.
  pg.defaults.parseInt8 = true;
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: pg,
    logging: false,
    retry: { max: 1 },
    pool: { max: 10, acquire: 5000 },
    dialectOptions: { statement_timeout: 10_000, connectionTimeoutMillis: 3000 },
    define: { underscored: true, timestamps: false },
  });
  return { sequelize, dialect: 'postgres', reader: null };
}
