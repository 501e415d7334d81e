import { AsyncResource } from 'node:async_hooks';
import { Sequelize, type Transaction } from 'sequelize';
import { database } from './connect.js';
import type { Sql } from './sql.js';
import { execute, type PreparedDatabase } from './sqlite-connection.js';

/** What code that runs in a transaction can reach. */
interface Ambient {
  readonly transaction: Transaction;
  /** Run once it is committed. */
  readonly hooks: (() => void)[];
  /** What is written last, by the function that writes it. */
  readonly last: Map<LastWrite<never>, unknown[]>;
}

/** What is written last. Higher ranks come later, so that all transactions take the locks that many wait for in the same order. */
export interface LastWrite<T> {
  readonly rank: number;
  readonly write: (items: readonly T[]) => Promise<void>;
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
 * Run `work` in a transaction: the open one, or a new one. Everything that `work` writes is committed together or not at
 * all, and is on disk when this resolves. On SQLite writers queue here, in this process: waiting in the driver would fill
 * libuv's four threads and keep the holder of the lock from committing. Writers of other processes are held off by
 * IMMEDIATE and the busy time-out.
 */
export function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (currentTransaction()) return work();
  return database().dialect === 'sqlite' ? inTurn(work) : begin(work);
}

/**
 * The end of a `select` whose rows the transaction locks until it ends: others who lock them wait. A write of a row that
 * only refers to them does not wait (FOR NO KEY UPDATE); with FOR UPDATE the two could deadlock, and the transaction that
 * PostgreSQL then breaks off may be a third one. (SQLite has only one writer anyway.) `alias`: of the one table among several.
 */
export const toHold = (alias?: string): Sql => ({
  text: database().dialect === 'postgres' ? ` for no key update${alias ? ` of ${alias}` : ''}` : '',
});

/** Run `work` once the surrounding transaction is committed, or at once when there is none. */
export function afterCommit(work: () => void): void {
  if (currentTransaction()) namespace.get('hooks')?.push(work);
  else work();
}

/**
 * Have `item` written as the last thing before the surrounding transaction is committed, together with all others that are given to
 * the same `write`. So a lock that many wait for is held for a moment only. Throws outside a transaction.
 */
export function writeLast<T>(write: LastWrite<T>, item: T): void {
  const last = namespace.get('last');
  if (!last) throw new Error('Outside a transaction nothing is written last');
  last.set(write, [...(last.get(write) ?? []), item]);
}

/** Write now what was left to the end of the surrounding transaction. */
export async function writeLeft(): Promise<void> {
  const last = namespace.get('last');
  const left = [...(last ?? [])].sort(([one], [other]) => one.rank - other.rank);
  last?.clear();
  for (const [{ write }, items] of left) await write(items as never[]);
}

async function begin<T>(work: () => Promise<T>): Promise<T> {
  const hooks: Ambient['hooks'] = [];
  const result = await database().transact(transaction => within({ transaction, hooks }, work));
  for (const hook of hooks) hook();
  return result;
}

/** Run `work` with the transaction as the ambient one, and then write what it left to the end. */
function within<T>({ transaction, hooks }: Omit<Ambient, 'last'>, work: () => Promise<T>): Promise<T> {
  const last: Ambient['last'] = new Map();
  const whole = async () => {
    const result = await work();
    await writeLeft();
    return result;
  };
  return new Promise((done, fail) => {
    namespace.run(() => {
      namespace.set('transaction', transaction);
      namespace.set('hooks', hooks);
      namespace.set('last', last);
      whole().then(done, fail);
    });
  });
}

/** Work that waits for its turn to write. */
interface Turn {
  /** Do the work; the function that it returns passes the result on once everything is on disk. */
  readonly run: (transaction: Transaction) => Promise<() => void>;
  readonly fail: (fault: unknown) => void;
}

/** How many may share a commit, so that the first does not wait for all that follow. */
const MOST = 16;

const waiting: Turn[] = [];
let isWriting = false;

/** The first request starts the writing, but it goes on for others, so it must not run in the context of the first. */
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
    // Binding it instead would cost more.
    const own = new AsyncResource('turn');
    waiting.push({ run: transaction => own.runInAsyncScope(run, undefined, transaction), fail });
    if (!isWriting) writer.runInAsyncScope(() => void writeAll());
  });
}

async function writeAll(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) await writeGroup();
  isWriting = false;
}

/**
 * Most of the cost of a small transaction is the commit, which waits for the disk. Work that arrives during a commit shares
 * the next one: each piece is kept or rolled back by itself, and all resolve after the one commit. When the commit fails,
 * nothing is kept, and all reject.
 */
async function writeGroup(): Promise<void> {
  const taken: Turn[] = [];
  const tell: (() => void)[] = [];
  try {
    await database().transact(async transaction => {
      for (let turn = waiting.shift(); turn; turn = taken.length < MOST ? waiting.shift() : undefined) {
        taken.push(turn);
        // The first needs no savepoint: when it fails, there is nothing else to keep.
        tell.push(await (taken.length === 1 ? turn.run(transaction) : apart(turn, transaction)));
      }
    });
  } catch (fault) {
    // Where it could not even begin, only the first fails, and the next in the queue begins its own.
    for (const { fail } of taken.length > 0 ? taken : waiting.splice(0, 1)) fail(fault);
    return;
  }
  for (const each of tell) each();
}

/**
 * One turn of several: when it fails, only what it wrote is rolled back. Its savepoint stays below those of later turns, and the
 * commit releases them all: of several of one name SQLite takes the last.
 */
async function apart({ run, fail }: Turn, transaction: Transaction): Promise<() => void> {
  // As in rows.ts: around Sequelize, whose query layer costs more than the savepoint.
  const { connection } = transaction as unknown as { connection: PreparedDatabase };
  await execute(connection, 'SAVEPOINT turn');
  try {
    return await run(transaction);
  } catch (fault) {
    // Where SQLite has rolled back the whole transaction (the disk is full, say), all fail with this error.
    await execute(connection, 'ROLLBACK TO turn; RELEASE turn').catch(() => Promise.reject(fault));
    return () => fail(fault);
  }
}
