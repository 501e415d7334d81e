import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type sqlite3 from 'sqlite3';
import { CannotStart, searchPath } from '../../config.js';
import { faultsOf, sqliteFile, withFile } from '../../platform/db/sqlite-file.js';

/** SQLite's own backup, which the driver has and its types leave out. */
interface OnlineBackup {
  step(pages: number, done: (fault: Error | null) => void): void;
  finish(done: (fault: Error | null) => void): void;
}

/**
 * Copy the database, as it is at one moment, to a file in `folder` while a server writes to it. Returns its path. Throws
 * `CannotStart` when it is damaged, or when PostgreSQL's tools are missing.
 */
export async function copyDatabase(url: string, folder: string): Promise<string> {
  const file = sqliteFile(url);
  if (!file) return dump(url, join(folder, 'database.dump'));
  const copy = join(folder, 'database.sqlite');
  await copyFile(file, copy);
  const [fault] = await faultsOf(copy, 'full');
  if (fault)
    throw new CannotStart(
      `The database ${file} is damaged (${fault}), so no backup was made: keep your older backups, and restore the newest good one.`,
      1,
    );
  return copy;
}

/**
 * Copy all pages in one step, under one read of the write-ahead log: a snapshot that makes no writer wait. In several steps
 * SQLite would begin again at each commit in between. Unlike `VACUUM INTO` this copies page by page, so that checking the
 * copy checks the original.
 */
const copyFile = (file: string, copy: string): Promise<void> =>
  withFile(file, async (_ask, connection) => {
    const source = connection as sqlite3.Database & { backup(to: string): OnlineBackup };
    const running = source.backup(copy);
    await new Promise<void>((done, fail) => running.step(-1, fault => (fault ? fail(fault) : done())));
    await new Promise<void>((done, fail) => running.finish(fault => (fault ? fail(fault) : done())));
  });

/** In PostgreSQL's custom format, uncompressed, since the archive is compressed. */
async function dump(url: string, path: string): Promise<string> {
  await run('pg_dump', ['--format=custom', '--compress=0', '--no-owner', '--no-acl', `--file=${path}`], url);
  return path;
}

/** Fill an empty database from a dump, all or nothing. */
export async function loadDump(url: string, path: string): Promise<void> {
  const options = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-acl'];
  await run('pg_restore', [...options, `--dbname=${place(url).PGDATABASE}`, path], url);
}

/** Run a tool of PostgreSQL. Its environment holds the connection, because anybody can read its arguments. */
async function run(program: string, args: readonly string[], url: string): Promise<void> {
  const env = { PATH: searchPath, ...place(url) };
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const missing = new Promise<never>((_done, fail) => {
    child.once('error', () =>
      fail(
        new CannotStart(
          `${program} is not installed here: install PostgreSQL's client programs (on Debian: apt-get install postgresql-client) and run this again.`,
          1,
        ),
      ),
    );
  });
  const ended = Promise.all([text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  const [said, [code]] = await Promise.race([ended, missing]);
  if (code !== 0)
    throw new CannotStart(`${program} did not succeed: ${said.trim() || `it ended with ${code}`}`, 1);
}

/** A connection string as libpq's settings. */
function place(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const given = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}
