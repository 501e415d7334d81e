import { resolve } from 'node:path';
import sqlite3 from 'sqlite3';

/** The file that a `sqlite:` address names, in full; null for another database. */
export const sqliteFile = (url: string): string | null =>
  url.startsWith('sqlite:') ? resolve(url.slice('sqlite:'.length)) : null;

/** Between two tries to break something off (ms). */
const AGAIN = 20;

/**
 * A connection outside Sequelize, for checking a file as a whole, whether or not it is open elsewhere. `signal` breaks off what it does:
 * a process cannot end before.
 */
export async function withFile<T>(
  file: string,
  work: (ask: <R>(sql: string) => Promise<R[]>, connection: sqlite3.Database) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const connection = await new Promise<sqlite3.Database>((done, fail) => {
    const opening: sqlite3.Database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, error =>
      error ? fail(error) : done(opening),
    );
  });
  connection.configure('busyTimeout', 5_000);
  const ask = <R>(sql: string) =>
    new Promise<R[]>((done, fail) => {
      connection.all(sql, (error: Error | null, found: R[]) => (error ? fail(error) : done(found)));
    });
  // Again and again: a statement that is still waiting for a thread ignores it.
  let breaking: NodeJS.Timeout | undefined;
  const breakOff = () => (breaking = setInterval(() => connection.interrupt(), AGAIN));
  signal?.addEventListener('abort', breakOff);
  try {
    signal?.throwIfAborted();
    return await work(ask, connection);
  } finally {
    signal?.removeEventListener('abort', breakOff);
    clearInterval(breaking);
    await new Promise<void>(done => connection.close(() => done()));
  }
}

/**
 * The faults of an SQLite file; none when it is sound. `quick` reads every page and stops at the first fault. `full` also
 * compares each index with its table, looks for references to missing rows, and names up to twenty faults.
 */
export async function faultsOf(
  file: string,
  depth: 'quick' | 'full',
  signal?: AbortSignal,
): Promise<string[]> {
  const check = async (ask: <R>(sql: string) => Promise<R[]>): Promise<string[]> => {
    if (depth === 'quick') return saidBy(await ask<object>('PRAGMA quick_check(1)'));
    const pages = saidBy(await ask<object>('PRAGMA integrity_check(20)'));
    const orphans = await ask<{ table: string; rowid: number; parent: string }>('PRAGMA foreign_key_check');
    const refers = orphans.slice(0, 20).map(at => `${at.table}, row ${at.rowid}: not in ${at.parent}`);
    return [...pages, ...refers];
  };
  try {
    return await withFile(file, check, signal);
  } catch (fault) {
    const { code, message } = fault as Error & { code?: string };
    if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return [message];
    throw fault;
  }
}

const saidBy = (found: readonly object[]): string[] =>
  found.map(line => String(Object.values(line)[0])).filter(line => line !== 'ok');
