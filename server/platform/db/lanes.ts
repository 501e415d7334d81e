import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Who is waiting for a read: a person, a person whose certificate is being made, the worker, a person who asked for figures or a
 * file, or a check that must come at once.
 */
export type ReadLane = 'pages' | 'awaited' | 'jobs' | 'reports' | 'health';

/**
 * Each lane has connections of its own, so that a slow read holds up only its own lane, and a time limit (ms), counted
 * from when the read is requested.
 *
 * On SQLite every running read occupies one of libuv's threads. There are four, and Node starts them before our first line
 * could ask for more; password hashes, compression and the writer need them too. So reads that may take long have at most
 * two.
 */
export const READ_LANES: Readonly<Record<ReadLane, { sqlite: number; postgres: number; limit: number }>> = {
  pages: { sqlite: 3, postgres: 8, limit: 5_000 },
  awaited: { sqlite: 1, postgres: 2, limit: 5_000 },
  jobs: { sqlite: 1, postgres: 2, limit: 60_000 },
  reports: { sqlite: 1, postgres: 2, limit: 60_000 },
  health: { sqlite: 1, postgres: 1, limit: 1_500 },
};

/** The result of a read outside a transaction, on the connections of a lane. */
export type Read = (lane: ReadLane, sql: string, params: readonly Param[]) => Promise<unknown[]>;

export type Param = string | number | boolean | null;

const ambient = new AsyncLocalStorage<ReadLane>();

/** Run `work`; what it reads outside transactions goes through this lane. */
export const inLane = <T>(lane: ReadLane, work: () => T): T => ambient.run(lane, work);

/** The lane of the running code. */
export const currentLane = (): ReadLane => ambient.getStore() ?? 'pages';
