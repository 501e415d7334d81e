import { database } from '../../server/platform/db/connect.js';
import { execute, type PreparedDatabase } from '../../server/platform/db/sqlite-connection.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { rows, write } from '../support/rows.js';

/** An index or a key, and how it is made. */
interface Made {
  readonly drop: string;
  readonly make: string;
}

/**
 * Fills tables. To put each of a million rows into every index costs more than the rows: so the indexes are made at the end, and nobody
 * asks of each row whether what it refers to is there, where we may say so.
 */
export const inBulk = (tables: readonly string[], fill: () => Promise<void>): Promise<void> =>
  database().dialect === 'postgres' ? inTransaction(() => onPostgres(tables, fill)) : onSqlite(tables, fill);

async function onPostgres(tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  // One statement fills a table: on a busy machine that takes longer than a statement of the server may.
  for (const most of ['statement_timeout = 0', `work_mem = '256MB'`, `maintenance_work_mem = '512MB'`])
    await rows(`set local ${most}`);
  await rows(
    `select set_config('session_replication_role', 'replica', true) where current_setting('is_superuser') = 'on'`,
  );
  const made = [...(await keysOf(tables)), ...(await indexesOf(tables))];
  for (const { drop } of made) await rows(drop);
  await fill();
  for (const { make } of made) await rows(make);
}

/** Each statement has a transaction of its own, of which only so much is kept in memory. A fill that is broken off is begun anew, with an empty file. */
const onSqlite = (tables: readonly string[], fill: () => Promise<void>): Promise<void> =>
  inMemory(async () => {
    const made = await rows<Made>(
      `select 'drop index ' || name as "drop", sql as make from sqlite_master
       where type = 'index' and sql is not null and tbl_name in (${tables.map(each => `'${each}'`).join()})`,
    );
    for (const { drop } of made) await write(drop);
    await fill();
    for (const { make } of made) await write(make);
  });

/** On SQLite: writes what need not survive a loss of power, and keeps more of the file in memory meanwhile. */
export async function inMemory(fill: () => Promise<void>): Promise<void> {
  if (database().dialect === 'postgres') return fill();
  await setWriter('synchronous = off', 'foreign_keys = off', 'cache_size = -300000');
  try {
    await fill();
  } finally {
    await setWriter('synchronous = full', 'foreign_keys = on', 'cache_size = -2000');
  }
}

/** These settings cannot be changed in a transaction. */
async function setWriter(...settings: readonly string[]): Promise<void> {
  const connection = await database().transact(async transaction => {
    return (transaction as unknown as { connection: PreparedDatabase }).connection;
  });
  await execute(connection, settings.map(each => `pragma ${each};`).join(' '));
}

const among = (tables: readonly string[]): string => `(${tables.map(each => `'${each}'::regclass`).join()})`;

/** The keys of those to which no other table refers. */
const keysOf = (tables: readonly string[]): Promise<Made[]> =>
  rows(
    `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
     from pg_constraint c where c.contype in ('p', 'u') and c.conrelid in ${among(tables)}
       and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.confrelid = c.conrelid)`,
  );

/** The indexes that are no keys. */
const indexesOf = (tables: readonly string[]): Promise<Made[]> =>
  rows(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
     from pg_index i where i.indrelid in ${among(tables)}
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
  );
