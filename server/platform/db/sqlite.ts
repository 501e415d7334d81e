import { Sequelize, Transaction } from 'sequelize';
import sqlite3 from 'sqlite3';
import { READ_LANES, type Param, type ReadLane, type Read } from './lanes.js';
import {
  BUSY_TIMEOUT,
  closeConnection,
  execute,
  keepWriteAheadLog,
  PreparedDatabase,
} from './sqlite-connection.js';
import { openReaders, type ReaderPool } from './sqlite-readers.js';

/** What an open database is made of, whichever it is. */
export interface Opened {
  readonly sequelize: Sequelize;
  readonly read: Read;
  /** The rows of a statement of an open transaction: around Sequelize, whose query layer costs more than the statement. */
  readonly write: (transaction: Transaction, sql: string, params: readonly Param[]) => Promise<unknown[]>;
  /** Do `work` in a new transaction, and commit it. Whatever fails, nothing of it is kept. */
  readonly transact: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /**
   * Do what two processes must not do at once; `onWait` is called when another one is doing it. (On SQLite every
   * transaction excludes all others and checks again before it acts, so the second only has to wait longer.)
   */
  readonly alone: <T>(work: () => Promise<T>, onWait: () => void) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Open the SQLite file: one writer through Sequelize, and for each lane the connections that only read. */
export async function openSqlite(file: string): Promise<Opened> {
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage: file,
    dialectModule: { ...sqlite3, Database: PreparedDatabase },
    logging: false,
    retry: { max: 1 },
    define: { underscored: true, timestamps: false },
  });
  const { open, close: closeWriter, patiently, transact } = keepOneWriter(sequelize);
  // First, so that the file exists and is in WAL before the readers open it.
  await open();
  const pools = await openLanes(file);
  return {
    sequelize,
    read: (lane, sql, params) => pools[lane].read(sql, params),
    // Sequelize's types hide the driver's connection.
    write: (transaction, sql, params) =>
      (transaction as unknown as { connection: PreparedDatabase }).connection.ask(sql, params),
    transact,
    alone: patiently,
    async close() {
      // The writer goes last and takes the write-ahead log with it: only who closes last removes that file.
      await Promise.all(Object.values(pools).map(pool => pool.close()));
      await closeWriter();
    },
  };
}

async function openLanes(file: string): Promise<Record<ReadLane, ReaderPool>> {
  const open = async (lane: ReadLane) =>
    [lane, await openReaders(file, READ_LANES[lane].sqlite, READ_LANES[lane].limit)] as const;
  const lanes = await Promise.all((Object.keys(READ_LANES) as ReadLane[]).map(open));
  return Object.fromEntries(lanes) as Record<ReadLane, ReaderPool>;
}

/** The part of Sequelize's connection manager for SQLite that we replace. */
interface SqliteManager {
  readonly connections: Record<string, PreparedDatabase>;
  getConnection(options?: { uuid?: string }): Promise<PreparedDatabase>;
  releaseConnection(connection: PreparedDatabase): void;
}

const WRITER = 'writer';

/**
 * Sequelize opens a connection for each transaction and closes it afterwards, which costs more than the transaction. Ours
 * run one at a time (`db/transaction.ts`), so they share one that stays open. They are begun and ended around Sequelize, whose
 * query layer costs more than the rest of a small one. Returns how to open the file, how to close that connection and the one
 * outside transactions (Sequelize's own close leaves both open), how to make it wait for long, and how to run a transaction.
 */
function keepOneWriter(sequelize: Sequelize): {
  open: () => Promise<void>;
  close: () => Promise<void>;
  patiently: <T>(work: () => Promise<T>) => Promise<T>;
  transact: Opened['transact'];
} {
  const manager = sequelize.connectionManager as unknown as SqliteManager;
  const connect = manager.getConnection.bind(manager);
  manager.getConnection = options => connect({ uuid: options?.uuid ? WRITER : 'default' });
  manager.releaseConnection = () => undefined;
  const writer = () => manager.getConnection({ uuid: WRITER });
  const transact: Opened['transact'] = async work => {
    const connection = await writer();
    await execute(connection, 'BEGIN IMMEDIATE');
    try {
      const result = await work(Object.assign(new Transaction(sequelize, {}), { connection }));
      await execute(connection, 'COMMIT');
      return result;
    } catch (fault) {
      await execute(connection, 'ROLLBACK').catch(() => forget(connection));
      throw fault;
    }
  };
  // After a failed rollback the state of a connection is unknown: the next transaction gets a new one. That this one
  // could not be closed is no reason to fail; the file that it leaves behind at the end shows it.
  const forget = async (connection: PreparedDatabase) => {
    delete manager.connections[WRITER];
    await closeConnection(connection).catch(() => undefined);
  };
  const open = async () => keepWriteAheadLog(await manager.getConnection());
  const close = async () => {
    const { [WRITER]: last, default: first } = manager.connections;
    if (last) await closeConnection(last);
    if (!first) return;
    // Another program (a command, a backup) may have the file open: then the log stays, but it is empty. The read comes first,
    // since this connection may have read nothing yet: a checkpoint that has to open the log waits for itself, and keeps
    // every writer waiting until its time is over.
    await execute(first, 'SELECT 1 FROM sqlite_master; PRAGMA wal_checkpoint(TRUNCATE)');
    await closeConnection(first);
  };
  // SQLite gives the lock to whoever asks at the right moment: a process that migrates may take it again and again.
  let patient = 0;
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    const connection = await writer();
    connection.configure('busyTimeout', PATIENT);
    patient += 1;
    try {
      return await work();
    } finally {
      patient -= 1;
      if (patient === 0) connection.configure('busyTimeout', BUSY_TIMEOUT);
    }
  };
  return { open, close, patiently, transact };
}

/** How long a start waits for another process that migrates or prepares the same file (ms). */
const PATIENT = 600_000;
