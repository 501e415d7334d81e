import { Sequelize, Transaction } from 'sequelize';
import { database } from './connect.js';

/** Sequelize keeps the namespace it was given on the class; its types leave it out. */
const namespace = (Sequelize as unknown as { _cls: { get(key: string): Transaction | null | undefined } })
  ._cls;

/** The transaction that this code runs in, if any. */
export const currentTransaction = (): Transaction | null => namespace.get('transaction') ?? null;

/**
 * Run `work` in a transaction: joins the open one, or begins one. All that `work` writes is kept together or
 * not at all. On SQLite writers queue here, in this process: waiting inside the driver would fill libuv's
 * four threads and keep the lock's holder from committing. Another process is met by IMMEDIATE and the busy
 * time-out.
 */
export function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (currentTransaction()) return work();
  return database().dialect === 'sqlite' ? inTurn(() => begin(work)) : begin(work);
}

/**
 * Ends a `select` of rows that the transaction holds until its end: others who hold them take turns. Whoever writes a row
 * that only refers to them does not wait (FOR NO KEY UPDATE); with FOR UPDATE those two can wait for each other for ever,
 * and the one that PostgreSQL breaks off may be a third. (SQLite has one writer anyway.)
 */
export const toHold = (): string => (database().dialect === 'postgres' ? ' for no key update' : '');

/** Run `work` once the surrounding transaction is committed; at once when there is none. */
export function afterCommit(work: () => void): void {
  const transaction = currentTransaction();
  if (transaction) transaction.afterCommit(work);
  else work();
}

function begin<T>(work: () => Promise<T>): Promise<T> {
  const { sequelize, dialect } = database();
  return dialect === 'sqlite'
    ? sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work)
    : sequelize.transaction(work);
}

let lastInQueue: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = lastInQueue.then(work, work);
  lastInQueue = mine.catch(() => undefined);
  return mine;
}
