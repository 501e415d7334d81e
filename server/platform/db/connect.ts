import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { Sequelize } from 'sequelize';
import { openSqlite, type Opened } from './sqlite.js';

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

/** What the rest of `db/` needs to know of the open database. A process has at most one. */
export interface Database extends Omit<Opened, 'close'> {
  readonly dialect: 'sqlite' | 'postgres';
}

let open: (Database & Opened) | null = null;

/** Open the database that `url` names (`sqlite:<file>` or `postgres://…`). */
export async function connect(url: string): Promise<Database> {
  open = url.startsWith('sqlite:')
    ? { dialect: 'sqlite', ...(await openSqlite(resolve(url.slice('sqlite:'.length)))) }
    : { dialect: 'postgres', ...(await openPostgres(url)) };
  return open;
}

/** The open database. Throws when none is open. */
export function database(): Database {
  if (!open) throw new Error('No database is open');
  return open;
}

/**
 * A value that belongs to the open database, such as a cache of what was read from it: made at its first use, and never seen
 * by a database that this process opens later. Throws when none is open.
 */
export function ofDatabase<T extends object>(make: () => T): () => T {
  const made = new WeakMap<Database, T>();
  return () => {
    const known = made.get(database());
    if (known) return known;
    const value = make();
    made.set(database(), value);
    return value;
  };
}

/**
 * Close the database: open transactions are waited for, reads are cut off. On SQLite everything is then in the one file.
 * Throws when a connection stays open.
 */
export async function disconnect(): Promise<void> {
  const closing = open;
  open = null;
  await closing?.close();
}

/** Loaded only where it is used: most installations do not need that driver. */
const openPostgres = async (url: string) => (await import('./postgres.js')).openPostgres(url);
