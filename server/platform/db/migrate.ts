import { readdirSync } from 'node:fs';
import type { Sequelize } from 'sequelize';
import type { RunnableMigration, Umzug, UmzugStorage } from 'umzug';
import { database } from './connect.js';
import { LOCKS } from './locks.js';
import { row, rows } from './rows.js';
import { as, sql } from './sql.js';
import { text } from './table.js';
import { inTransaction } from './transaction.js';

/** One migration: the statements that lead up and back down, in order; both databases understand them. */
interface Migration {
  readonly up: readonly string[];
  /** Run after `up`, on one of the two. */
  readonly onPostgres?: readonly string[];
  readonly onSqlite?: readonly string[];
  readonly down: readonly string[];
}

/** What a migration is called in the database, and its file. */
interface Found {
  readonly name: string;
  readonly file: string;
}

const FOLDER = new URL('../../../migrations/', import.meta.url);

/** `.ts` in the source, `.js` in the compiled program. */
const NAME = /^(\d{12}-[a-z-]+)\.(?:ts|js)$/;

/** The migrations in a list of file names, in the order in which they run. Throws for a program with any other name. */
export function migrationsAmong(files: readonly string[]): Found[] {
  const programs = files.filter(file => /\.(?:ts|js)$/.test(file)).sort();
  return programs.map(file => {
    const name = NAME.exec(file)?.[1];
    if (name === undefined)
      throw new Error(`migrations/${file} is not named like 202612020310-mark-data-folders`);
    return { name, file };
  });
}

const migrations = migrationsAmong(readdirSync(FOLDER));

/** Bring the schema up to date. Returns the names of the migrations that ran. Safe when two processes start at once. */
export async function migrate(): Promise<string[]> {
  if ((await pendingMigrations()).length === 0) return [];
  return withLock(async () => (await (await migrator()).up()).map(done => done.name));
}

/** Undo the last `steps` migrations, for operators and tests. Returns their names. */
export async function migrateDown(steps = 1): Promise<string[]> {
  return withLock(async () => (await (await migrator()).down({ step: steps })).map(done => done.name));
}

/** The names of the migrations that have not run yet: none when the schema is current. */
export async function pendingMigrations(): Promise<string[]> {
  await ensureLedger();
  const done = new Set(await executed());
  return knownMigrations().filter(name => !done.has(name));
}

/** The names of migrations that the program does not know, because a newer one ran them. In order. */
export async function unknownMigrations(): Promise<string[]> {
  const known = new Set(migrations.map(({ name }) => name));
  const done = (await hasSchema()) ? await executed() : [];
  return done.filter(name => !known.has(name));
}

/** Whether the program was ever started on this database. */
export async function hasSchema(): Promise<boolean> {
  const tables =
    database().dialect === 'sqlite'
      ? sql`select 1 as here from sqlite_master where type = 'table' and name = 'migrations'`
      : sql`select 1 as here from pg_tables where schemaname = current_schema() and tablename = 'migrations'`;
  return (await row(tables)) !== null;
}

/** Whether a PostgreSQL database holds no table at all, ours or another's. */
export const isEmpty = async (): Promise<boolean> =>
  (await row(sql`select 1 as here from pg_tables where schemaname = current_schema()`)) === null;

/** Empty a PostgreSQL database that was empty before. */
export const emptySchema = (): Promise<void> =>
  inTransaction(async () => {
    const [found] = await rows(sql`select current_schema() ${as('name', text())}`);
    const name = `"${(found?.name ?? 'public').replaceAll('"', '""')}"`;
    await rows({ text: `drop schema ${name} cascade` });
    await rows({ text: `create schema ${name}` });
  });

/** The names of all migrations that this program knows, in order. */
export const knownMigrations = (): string[] => migrations.map(({ name }) => name);

/** The names of the migrations that have run on this database, in order. */
export const executed = async (): Promise<string[]> =>
  (await rows(sql`select name ${as('name', text())} from migrations order by name`)).map(found => found.name);

/** Loaded only where it is used: it brings a framework for command lines with it, and most starts find the schema current. */
async function migrator(): Promise<Umzug<Sequelize>> {
  const { Umzug } = await import('umzug');
  const { sequelize } = database();
  return new Umzug({
    migrations: migrations.map(asRunnable),
    context: sequelize,
    storage: ledger,
    logger: undefined,
  });
}

/** A migration and its row in `migrations` are committed together or not at all. Its file is loaded only when it runs. */
function asRunnable({ name, file }: Found): RunnableMigration<Sequelize> {
  const load = async () => (await import(new URL(file, FOLDER).href)) as Migration;
  return {
    name,
    up: async () => {
      const migration = await load();
      await inTransaction(async () => {
        const already = await row(sql`select name from migrations where name = $1`, [name]);
        if (already) return;
        const { dialect, sequelize } = database();
        const extra = dialect === 'postgres' ? migration.onPostgres : migration.onSqlite;
        for (const statement of [...migration.up, ...(extra ?? [])]) await sequelize.query(statement);
        await rows(sql`insert into migrations (name) values ($1)`, [name]);
      });
    },
    down: async () => {
      const migration = await load();
      await inTransaction(async () => {
        for (const statement of migration.down) await database().sequelize.query(statement);
        await rows(sql`delete from migrations where name = $1`, [name]);
      });
    },
  };
}

const ledger: UmzugStorage<Sequelize> = {
  // The migration itself writes its row, in its own transaction.
  logMigration: () => Promise.resolve(),
  unlogMigration: () => Promise.resolve(),
  executed,
};

async function ensureLedger(): Promise<void> {
  const sql = 'create table if not exists migrations (name varchar(200) primary key)';
  await withLock(() => inTransaction(() => database().sequelize.query(sql)));
}

/**
 * Two processes that start together take turns. PostgreSQL: an advisory lock, held by one transaction while
 * all migrations join it. SQLite: each migration is an IMMEDIATE transaction that looks again before it acts, and
 * waits for its turn as long as it takes.
 */
function withLock<T>(work: () => Promise<T>): Promise<T> {
  if (database().dialect === 'sqlite') return database().alone(work, () => undefined);
  return inTransaction(async () => {
    await lockSchema();
    return work();
  });
}

/** Held without a time limit until the transaction ends, so that neither waiting nor a migration is cut off half-way. */
async function lockSchema(): Promise<void> {
  await database().sequelize.query('set local statement_timeout = 0');
  await database().sequelize.query(`select pg_advisory_xact_lock(${LOCKS.schema})`);
}
