import type { Sequelize } from 'sequelize';
import { Umzug, type RunnableMigration, type UmzugStorage } from 'umzug';
import * as accounts from '../../migrations/202611240901-create-accounts.js';
import * as organisations from '../../migrations/202611240902-create-organisations.js';
import * as eventsAndJobs from '../../migrations/202611240903-create-events-and-jobs.js';
import * as courseVersions from '../../migrations/202611240904-create-course-versions.js';
import * as learning from '../../migrations/202611240905-create-learning.js';
import * as attempts from '../../migrations/202611240906-create-attempts.js';
import * as certificates from '../../migrations/202611240907-create-certificates.js';
import * as mails from '../../migrations/202611240908-create-mails.js';
import * as peopleByBytes from '../../migrations/202611240909-order-people-by-bytes.js';
import * as submittedAttempts from '../../migrations/202611240915-order-submitted-attempts.js';
import * as limitAttempts from '../../migrations/202611242201-limit-attempts.js';
import * as confidence from '../../migrations/202611242202-add-confidence.js';
import * as followUp from '../../migrations/202611242203-create-follow-up.js';
import * as supersededCertificates from '../../migrations/202611242204-keep-superseded-certificates.js';
import * as issuanceLedger from '../../migrations/202611242205-create-issuance-ledger.js';
import * as issuerKeyLog from '../../migrations/202611242206-log-issuer-keys.js';
import * as statusListKeys from '../../migrations/202611242207-name-the-keys-of-status-lists.js';
import * as regrades from '../../migrations/202611242208-create-regrades.js';
import * as certificateChecks from '../../migrations/202611242209-count-certificate-checks.js';
import * as confirmedNames from '../../migrations/202611242211-confirm-names.js';
import * as shownNames from '../../migrations/202611242212-choose-shown-name.js';
import * as shareLinks from '../../migrations/202611242213-create-share-links.js';
import * as renewalReminders from '../../migrations/202611242214-remind-of-renewal.js';
import * as ownReportingLines from '../../migrations/202611242221-keep-own-reporting-lines.js';
import * as discreetMode from '../../migrations/202611242222-add-discreet-mode.js';
import * as pauses from '../../migrations/202611242223-pause-attempts.js';
import * as paper from '../../migrations/202611270901-choose-paper.js';
import * as jobRanks from '../../migrations/202611270902-rank-jobs.js';
import * as jobLanes from '../../migrations/202611280901-put-jobs-in-lanes.js';
import * as missingCertificates from '../../migrations/202611280902-find-missing-certificates.js';
import * as newestFirst from '../../migrations/202611280911-index-cycles-and-certificates.js';
import * as routines from '../../migrations/202611280912-keep-routines.js';
import * as courseGranters from '../../migrations/202611280913-record-who-granted.js';
import * as certificateDoubts from '../../migrations/202611280915-note-doubtful-certificates.js';
import * as awardSeals from '../../migrations/202611280916-seal-awards.js';
import * as countedRows from '../../migrations/202611280917-index-counted-rows.js';
import * as eventTimes from '../../migrations/202611280918-order-events-by-time.js';
import * as searches from '../../migrations/202611280919-keep-the-search-for-certificates.js';
import * as heartbeats from '../../migrations/202611280931-create-heartbeats.js';
import * as copiedExtraTime from '../../migrations/202611280951-copy-extra-time.js';
import * as chosenCourse from '../../migrations/202611280952-keep-chosen-course.js';
import * as publicLineChecks from '../../migrations/202611280953-check-public-lines.js';
import * as blocks from '../../migrations/202611280961-block-people.js';
import * as personWords from '../../migrations/202611280962-find-people.js';
import { database } from './connect.js';
import { LOCKS } from './locks.js';
import { row, rows } from './rows.js';
import { inTransaction } from './transaction.js';

/** One change: statements that both databases understand, in order, up and back down. */
interface Migration {
  readonly name: string;
  readonly up: readonly string[];
  /** After `up`, on PostgreSQL alone. */
  readonly onPostgres?: readonly string[];
  readonly down: readonly string[];
}

/** Imported by name, so that the compiled program, the tests and the types see the same list. */
const migrations: readonly Migration[] = [
  accounts,
  organisations,
  eventsAndJobs,
  courseVersions,
  learning,
  attempts,
  certificates,
  mails,
  peopleByBytes,
  submittedAttempts,
  limitAttempts,
  confidence,
  followUp,
  supersededCertificates,
  issuanceLedger,
  issuerKeyLog,
  statusListKeys,
  regrades,
  certificateChecks,
  confirmedNames,
  shownNames,
  shareLinks,
  renewalReminders,
  ownReportingLines,
  discreetMode,
  pauses,
  paper,
  jobRanks,
  jobLanes,
  missingCertificates,
  newestFirst,
  routines,
  courseGranters,
  certificateDoubts,
  awardSeals,
  countedRows,
  eventTimes,
  searches,
  heartbeats,
  copiedExtraTime,
  chosenCourse,
  publicLineChecks,
  blocks,
  personWords,
];

/** Bring the schema up to date. Returns the names that ran. Safe when two processes start at once. */
export async function migrate(): Promise<string[]> {
  await ensureLedger();
  return withLock(async () => (await migrator().up()).map(done => done.name));
}

/** Undo the last `steps` migrations (operators and tests). Returns the names undone. */
export async function migrateDown(steps = 1): Promise<string[]> {
  return withLock(async () => (await migrator().down({ step: steps })).map(done => done.name));
}

/** Names that are in the program but not in the database: empty when the schema is current. */
export async function pendingMigrations(): Promise<string[]> {
  await ensureLedger();
  return (await migrator().pending()).map(migration => migration.name);
}

/** Names that are in the database but not in the program: a newer one was here. In order. */
export async function unknownMigrations(): Promise<string[]> {
  const known = new Set(migrations.map(({ name }) => name));
  const done = (await hasSchema()) ? await executed() : [];
  return done.filter(name => !known.has(name));
}

/** Whether the program was ever started on this database. */
export async function hasSchema(): Promise<boolean> {
  const tables =
    database().dialect === 'sqlite'
      ? `select 1 as here from sqlite_master where type = 'table' and name = 'migrations'`
      : `select 1 as here from pg_tables where schemaname = current_schema() and tablename = 'migrations'`;
  return (await row(tables)) !== null;
}

/** Whether a PostgreSQL database holds no table at all, ours or another's. */
export const isEmpty = async (): Promise<boolean> =>
  (await row('select 1 as here from pg_tables where schemaname = current_schema()')) === null;

/** Takes everything out of a PostgreSQL database that was empty before. */
export const emptySchema = (): Promise<void> =>
  inTransaction(async () => {
    const [found] = await rows<{ name: string }>('select current_schema() as name');
    const name = `"${(found?.name ?? 'public').replaceAll('"', '""')}"`;
    await rows(`drop schema ${name} cascade`);
    await rows(`create schema ${name}`);
  });

/** The names of all changes that this program knows, in order. */
export const knownMigrations = (): string[] => migrations.map(({ name }) => name);

/** The names of the changes that this database has been through, in order. */
export const executed = async (): Promise<string[]> =>
  (await rows<{ name: string }>('select name from migrations order by name')).map(found => found.name);

function migrator(): Umzug<Sequelize> {
  const { sequelize } = database();
  return new Umzug({
    migrations: migrations.map(asRunnable),
    context: sequelize,
    storage: ledger,
    logger: undefined,
  });
}

/** The change and its line in the ledger are kept together or not at all. */
function asRunnable(migration: Migration): RunnableMigration<Sequelize> {
  return {
    name: migration.name,
    up: () =>
      inTransaction(async () => {
        const already = await row('select name from migrations where name = $1', [migration.name]);
        if (already) return;
        const { dialect, sequelize } = database();
        const extra = dialect === 'postgres' ? (migration.onPostgres ?? []) : [];
        for (const statement of [...migration.up, ...extra]) await sequelize.query(statement);
        await rows('insert into migrations (name) values ($1)', [migration.name]);
      }),
    down: () =>
      inTransaction(async () => {
        for (const statement of migration.down) await database().sequelize.query(statement);
        await rows('delete from migrations where name = $1', [migration.name]);
      }),
  };
}

const ledger: UmzugStorage<Sequelize> = {
  // The migration itself writes its line, inside its own transaction.
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

/** Without a time limit, to the end of the transaction: neither the wait for others nor a change is cut off half-way. */
async function lockSchema(): Promise<void> {
  await database().sequelize.query('set local statement_timeout = 0');
  await database().sequelize.query(`select pg_advisory_xact_lock(${LOCKS.schema})`);
}
