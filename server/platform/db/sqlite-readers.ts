import { TooSlow, Unavailable } from '../../errors.js';
import { openConnection, closeConnection, type PreparedDatabase } from './sqlite-connection.js';
import type { Param } from './lanes.js';

/** How often reads are checked for having passed their time limit (ms). */
const WATCH = 100;

/**
 * Connections that only read, shared by all reads of one lane. Each does one statement at a time: a second one would block a
 * thread of the driver.
 */
export interface ReaderPool {
  read(sql: string, params: readonly Param[]): Promise<unknown[]>;
  /** Cut off running reads, finalize every statement and close the connections. Throws when one stays open. */
  close(): Promise<void>;
}

interface Waiting {
  readonly until: number;
  readonly take: (reader: PreparedDatabase) => void;
  readonly refuse: (reason: Error) => void;
}

/** Open `size` connections to `file`. A read that is not done `limit` ms after it was requested throws `TooSlow`. */
export async function openReaders(file: string, size: number, limit: number): Promise<ReaderPool> {
  const readers = await Promise.all(
    Array.from({ length: size }, () => openConnection(file, { isReader: true })),
  );
  const idle = [...readers];
  const running = new Map<PreparedDatabase, number>();
  let waiting: Waiting[] = [];
  let emptied: (() => void) | null = null;

  function pass(reader: PreparedDatabase): void {
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
    new Promise<PreparedDatabase>((take, refuse) => {
      waiting.push({ until, take, refuse });
    });

  const watch = setInterval(() => cutOff(performance.now()), WATCH).unref();

  return {
    async read(sql, params) {
      const until = performance.now() + limit;
      const reader = idle.pop() ?? (await turn(until));
      running.set(reader, until);
      try {
        return await reader.ask(sql, params);
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
      await Promise.all(readers.map(closeConnection));
    },
  };
}

const soon = () => new Promise<void>(done => setTimeout(done, WATCH));
