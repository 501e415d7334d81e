import { AsyncResource } from 'node:async_hooks';
import { Sequelize, Transaction } from 'sequelize';
import type sqlite3 from 'sqlite3';
import { database } from './connect.js';
import type { Sql } from './sql.js';
import { execute } from './sqlite-connection.js';

/** What code that runs in a transaction can reach. */
interface Ambient {
  readonly transaction: Transaction;
  /** To be run once it is committed. */
  readonly hooks: (() => void)[];
}

/** Sequelize keeps the namespace it was given on the class; its types leave it out. */
const namespace = (Sequelize as unknown as { _cls: Namespace })._cls;

interface Namespace {
  get<K extends keyof Ambient>(key: K): Ambient[K] | null | undefined;
  set<K extends keyof Ambient>(key: K, value: Ambient[K]): void;
  run(work: () => void): void;
}

/** The transaction that this code runs in, if any. */
export const currentTransaction = (): Transaction | null => namespace.get('transaction') ?? null;

/**
 * Run `work` in a transaction: joins the open one, or begins one. All that `work` writes is kept together or
 * not at all, and on disk when this resolves. On SQLite writers queue here, in this process: waiting inside the driver
 * would fill libuv's four threads and keep the lock's holder from committing. Another process is met by IMMEDIATE and
 * the busy time-out.
 */
export function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (currentTransaction()) return work();
  return database().dialect === 'sqlite' ? inTurn(work) : begin(work);
}

/**
 * Ends a `select` of rows that the transaction holds until its end: others who hold them take turns. Whoever writes a row
 * that only refers to them does not wait (FOR NO KEY UPDATE); with FOR UPDATE those two can wait for each other for ever,
 * and the one that PostgreSQL breaks off may be a third. (SQLite has one writer anyway.)
 */
export const toHold = (): Sql => ({ text: database().dialect === 'postgres' ? ' for no key update' : '' });

/** Run `work` once the surrounding transaction is committed; at once when there is none. */
export function afterCommit(work: () => void): void {
  if (currentTransaction()) namespace.get('hooks')?.push(work);
  else work();
}

async function begin<T>(work: () => Promise<T>): Promise<T> {
  const hooks: Ambient['hooks'] = [];
  const result = await database().sequelize.transaction(transaction => within({ transaction, hooks }, work));
  for (const hook of hooks) hook();
  return result;
}

/** Run `work` where it finds the transaction. */
function within<T>({ transaction, hooks }: Ambient, work: () => Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    namespace.run(() => {
      namespace.set('transaction', transaction);
      namespace.set('hooks', hooks);
      work().then(done, fail);
    });
  });
}

/** Work that waits for its turn to write. */
interface Turn {
  /** Do it; the result tells whoever asked, once all is on disk. */
  readonly run: (transaction: Transaction) => Promise<() => void>;
  readonly fail: (fault: unknown) => void;
}

/** As many share a commit at most, so that the first of them is not kept waiting for all who come. */
const MOST = 16;

const waiting: Turn[] = [];
let isWriting = false;

/** Whoever comes first starts the writing, but it goes on for others: it is no part of the first one's request. */
const writer = new AsyncResource('writer');

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const run = async (transaction: Transaction) => {
      const hooks: Ambient['hooks'] = [];
      const result = await within({ transaction, hooks }, work);
      return () => {
        try {
          for (const hook of hooks) hook();
          done(result);
        } catch (fault) {
          fail(fault);
        }
      };
    };
    waiting.push({ run: AsyncResource.bind(run), fail });
    if (!isWriting) writer.runInAsyncScope(() => void writeAll());
  });
}

async function writeAll(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) await writeGroup();
  isWriting = false;
}

/**
 * Most of the price of a small transaction is the commit, which waits for the disk. Who came while another one was being
 * written shares the next: each piece of work is kept or undone by itself, and all are told after the one commit. When
 * that fails, nothing is kept, and all are told so.
 */
async function writeGroup(): Promise<void> {
  const taken: Turn[] = [];
  const tell: (() => void)[] = [];
  try {
    await database().sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, async transaction => {
      for (let turn = waiting.shift(); turn; turn = taken.length < MOST ? waiting.shift() : undefined) {
        taken.push(turn);
        // The first needs no savepoint: when it fails there is nothing else to keep.
        tell.push(await (taken.length === 1 ? turn.run(transaction) : apart(turn, transaction)));
      }
    });
  } catch (fault) {
    // Where it could not even begin, the next in the queue tries for itself.
    for (const { fail } of taken.length > 0 ? taken : waiting.splice(0, 1)) fail(fault);
    return;
  }
  for (const each of tell) each();
}

/** One turn of several: what it wrote is undone when it fails, and no more. */
async function apart({ run, fail }: Turn, transaction: Transaction): Promise<() => void> {
  // As in rows.ts: past Sequelize, whose query layer costs more than the savepoint.
  const { connection } = transaction as unknown as { connection: sqlite3.Database };
  await execute(connection, 'SAVEPOINT turn');
  try {
    const told = await run(transaction);
    await execute(connection, 'RELEASE turn');
    return told;
  } catch (fault) {
    // Where the disk is full, say, SQLite has undone the whole transaction: then this fault is everybody's.
    await execute(connection, 'ROLLBACK TO turn; RELEASE turn').catch(() => Promise.reject(fault));
    return () => fail(fault);
  }
}
