import type sqlite3 from 'sqlite3';
import { TooSlow, Unavailable } from '../errors.js';
import { openConnection, closeConnection } from './sqlite-connection.js';
import type { Param } from './lanes.js';

/** How many statements each connection keeps prepared: all in the source. Some vary, hence a limit. */
const MOST_STATEMENTS = 300;

/** How often reads are checked for having passed their time limit (ms). */
const WATCH = 100;

/** A connection that only reads, one statement at a time: a second one would block a thread of the driver. */
interface Reader {
  all(sql: string, params: readonly Param[]): Promise<unknown[]>;
  interrupt(): void;
  close(): Promise<void>;
}

/** Connections that only read, shared by all reads of one lane. */
export interface ReaderPool {
  read(sql: string, params: readonly Param[]): Promise<unknown[]>;
  /** Cut off running reads, finalize every statement and close the connections. Throws when one stays open. */
  close(): Promise<void>;
}

interface Waiting {
  readonly until: number;
  readonly take: (reader: Reader) => void;
  readonly refuse: (reason: Error) => void;
}

/** Open `size` connections to `file`. A read that is not done `limit` ms after it was requested throws `TooSlow`. */
export async function openReaders(file: string, size: number, limit: number): Promise<ReaderPool> {
  const readers = await Promise.all(Array.from({ length: size }, () => openReader(file)));
  const idle = [...readers];
  const running = new Map<Reader, number>();
  let waiting: Waiting[] = [];
  let emptied: (() => void) | null = null;

  function pass(reader: Reader): void {
    const next = waiting.shift();
    if (next) return next.take(reader);
    idle.push(reader);
    if (idle.length === size) emptied?.();
  }

  /** Repeated until the read ends: a statement that is still waiting for a thread ignores an interrupt. */
  function cutOff(now: number): void {
    for (const [reader, until] of running) if (until <= now) reader.interrupt();
    for (const { until, refuse } of waiting) if (until <= now) refuse(new TooSlow());
    waiting = waiting.filter(({ until }) => until > now);
  }

  const turn = (until: number) =>
    new Promise<Reader>((take, refuse) => {
      waiting.push({ until, take, refuse });
    });

  const watch = setInterval(() => cutOff(performance.now()), WATCH).unref();

  return {
    async read(sql, params) {
      const until = performance.now() + limit;
      const reader = idle.pop() ?? (await turn(until));
      running.set(reader, until);
      try {
        return await reader.all(sql, params);
      } finally {
        running.delete(reader);
        pass(reader);
      }
    },
    async close() {
      clearInterval(watch);
      for (const { refuse } of waiting.splice(0)) refuse(new Unavailable('The database is being closed'));
      while (idle.length < size) {
        for (const reader of running.keys()) reader.interrupt();
        await Promise.race([new Promise<void>(done => (emptied = done)), soon()]);
      }
      await Promise.all(readers.map(reader => reader.close()));
    },
  };
}

const soon = () => new Promise<void>(done => setTimeout(done, WATCH));

async function openReader(file: string): Promise<Reader> {
  const connection = await openConnection(file, { isReader: true });
  const statements = new Map<string, sqlite3.Statement>();

  async function prepared(sql: string): Promise<sqlite3.Statement> {
    const statement = statements.get(sql) ?? (await prepare(connection, sql));
    // The statement used last is moved to the end, so the first has been unused for longest.
    statements.delete(sql);
    statements.set(sql, statement);
    const [oldest] = statements;
    if (statements.size > MOST_STATEMENTS && oldest) {
      statements.delete(oldest[0]);
      await finalized(oldest[1]);
    }
    return statement;
  }

  return {
    async all(sql, params) {
      const statement = await prepared(sql);
      return new Promise((done, fail) => {
        statement.all(named(params), (error: Error | null, found: unknown[]) =>
          error ? fail(error) : done(found),
        );
      });
    },
    interrupt: () => connection.interrupt(),
    async close() {
      await Promise.all([...statements.values()].map(finalized));
      await closeConnection(connection);
    },
  };
}

/** Parameters as the driver wants them. */
export const named = (params: readonly Param[]): Record<string, Param> =>
  Object.fromEntries(params.map((value, index) => [`$${index + 1}`, value]));

/** Waits for the statement: the driver drops calls on one that turns out to be invalid, and nobody would get an answer. */
const prepare = (connection: sqlite3.Database, sql: string): Promise<sqlite3.Statement> =>
  new Promise((done, fail) => {
    const fresh: sqlite3.Statement = connection.prepare(sql, (error: Error | null) =>
      error ? fail(error) : done(fresh),
    );
  });

const finalized = (statement: sqlite3.Statement): Promise<void> =>
  new Promise(done => statement.finalize(() => done()));
