import type { Sequelize } from 'sequelize';
import type { RunnableMigration, Umzug, UmzugStorage } from 'umzug';
import * as accounts from '../../migrations/202611280001-create-accounts.js';
import * as organisations from '../../migrations/202611280002-create-organisations.js';
import * as eventsAndJobs from '../../migrations/202611280003-create-events-and-jobs.js';
import * as webSessions from '../../migrations/202611280004-create-web-sessions.js';
import * as courses from '../../migrations/202611280005-create-courses.js';
import * as hotlines from '../../migrations/202611280006-create-hotlines.js';
import * as learning from '../../migrations/202611280007-create-learning.js';
import * as quizzes from '../../migrations/202611280008-create-quizzes.js';
import * as regrades from '../../migrations/202611280009-create-regrades.js';
import * as followUp from '../../migrations/202611280010-create-follow-up.js';
import * as issuers from '../../migrations/202611280011-create-issuers.js';
import * as certificates from '../../migrations/202611280012-create-certificates.js';
import * as issuanceLedger from '../../migrations/202611280013-create-issuance-ledger.js';
import * as certificateSharing from '../../migrations/202611280014-create-certificate-sharing.js';
import * as notifications from '../../migrations/202611280015-create-notifications.js';
import * as jobsOfLearners from '../../migrations/202611280016-add-jobs-of-learners.js';
import * as practiceRuns from '../../migrations/202611280017-create-practice-runs.js';
import * as unitsAndGrants from '../../migrations/202611280018-create-units-and-grants.js';
import * as settingsOfOrganisations from '../../migrations/202611280019-add-settings-of-organisations.js';
import * as eventChains from '../../migrations/202611280020-chain-events-by-organisation.js';
import * as rosters from '../../migrations/202611280026-create-rosters.js';
import * as invitations from '../../migrations/202611280027-create-invitations.js';
import * as membersIndexed from '../../migrations/202611280028-index-members.js';
import * as organisationsOfMails from '../../migrations/202611280029-add-organisations-to-mails.js';
import * as invitationsOfTokens from '../../migrations/202611280030-add-invitations-to-tokens.js';
import * as requirements from '../../migrations/202611280031-create-requirements.js';
import * as reckoning from '../../migrations/202611280033-prepare-reckoning.js';
import * as requirementDrafts from '../../migrations/202611280035-create-requirement-drafts.js';
import * as dutyReminders from '../../migrations/202611280037-create-duty-reminders.js';
import * as firstCalls from '../../migrations/202611280038-create-first-calls.js';
import * as managersTold from '../../migrations/202611290042-tell-managers-of-duties.js';
import * as cyclePaths from '../../migrations/202611290044-add-paths-to-cycles.js';
import * as courseChanges from '../../migrations/202611290045-create-course-changes.js';
import * as dueCounts from '../../migrations/202611290046-count-what-is-due.js';
import * as standingsByPerson from '../../migrations/202611290047-find-standings-by-person.js';
import * as joinCodes from '../../migrations/202611290050-create-join-codes.js';
import * as entryCodes from '../../migrations/202611290051-create-entry-codes.js';
import * as sessionsOfCourses from '../../migrations/202611290052-limit-sessions.js';
import * as addressChanges from '../../migrations/202611290054-change-addresses.js';
import * as dataExports from '../../migrations/202611290055-create-data-exports.js';
import * as erasures from '../../migrations/202611290056-erase-people.js';
import * as mailTimes from '../../migrations/202611290058-list-mails-by-time.js';
import * as bareSessions from '../../migrations/202611290064-leave-data-out-of-sessions.js';
import * as merges from '../../migrations/202611290066-merge-people.js';
import * as courseRequests from '../../migrations/202611290070-ask-for-courses.js';
import * as courseLinks from '../../migrations/202611290071-create-course-links.js';
import * as invitedRoles from '../../migrations/202611290072-invite-with-roles.js';
import * as keptSums from '../../migrations/202611290076-keep-sums.js';
import * as measuredPeople from '../../migrations/202611290077-find-measured-people.js';
import * as sealedFiles from '../../migrations/202611290080-create-sealed-files.js';
import * as auditorRooms from '../../migrations/202611290084-create-auditor-rooms.js';
import * as classroomSessions from '../../migrations/202611290088-create-classroom-sessions.js';
import * as certificatesElsewhere from '../../migrations/202611290089-create-certificates-elsewhere.js';
import * as ruleChoices from '../../migrations/202611290094-create-rule-choices.js';
import * as notificationCounts from '../../migrations/202611290095-create-notification-counts.js';
import * as acknowledgements from '../../migrations/202611290096-create-acknowledgements.js';
import * as heldFiles from '../../migrations/202611290105-hold-sealed-files.js';
import * as statusesElsewhere from '../../migrations/202611290106-keep-statuses-from-elsewhere.js';
import * as talliesOfRooms from '../../migrations/202611290107-keep-tallies-of-rooms.js';
import * as standingsByDueDay from '../../migrations/202611290108-find-standings-by-due-day.js';
import * as openCycles from '../../migrations/202611290109-count-open-cycles.js';
import * as provenSessions from '../../migrations/202611290112-prove-again.js';
import * as secondFactors from '../../migrations/202611290113-create-second-factors.js';
import * as passkeys from '../../migrations/202611290114-create-passkeys.js';
import * as identityProviders from '../../migrations/202611290115-create-identity-providers.js';
import * as samlProviders from '../../migrations/202611290116-sign-in-with-saml.js';
import * as signOuts from '../../migrations/202611290117-sign-out-by-provider.js';
import * as apiTokens from '../../migrations/202611290118-create-api-tokens.js';
import * as provisioning from '../../migrations/202611290119-create-provisioning.js';
import * as openGroups from '../../migrations/202611290120-settle-open-groups.js';
import * as keptSignIns from '../../migrations/202611290121-keep-sign-ins.js';
import * as ledgerChecks from '../../migrations/202611290122-keep-ledger-checks.js';
import * as remindedTokens from '../../migrations/202611290123-remind-of-tokens.js';
import * as treeChanges from '../../migrations/202611290134-count-tree-changes.js';
import * as uninvited from '../../migrations/202611290135-find-the-uninvited.js';
import * as remindedCertificates from '../../migrations/202611290136-remind-of-certificates.js';
import * as coveredPeople from '../../migrations/202611290137-cover-lists-of-people.js';
import * as freshSeeds from '../../migrations/202611290138-draw-with-fresh-seeds.js';
import * as peopleOfUnits from '../../migrations/202611290139-keep-people-of-units.js';
import * as countedReminders from '../../migrations/202611290140-count-reminders.js';
import * as sessionsWithin from '../../migrations/202612010110-ask-what-for.js';
import * as openLeft from '../../migrations/202612010210-leave-open-organisation.js';
import * as pastRoles from '../../migrations/202612010211-find-past-roles.js';
import * as accessChanges from '../../migrations/202612010310-number-access-changes.js';
import * as domainsAskedAgain from '../../migrations/202612010311-ask-domains-again.js';
import * as namesStated from '../../migrations/202612020110-keep-who-stated-names.js';
import * as withoutJob from '../../migrations/202612020111-find-people-without-job.js';
import * as secondStepReminders from '../../migrations/202612020112-remind-of-second-step.js';
import * as invitedByReminders from '../../migrations/202612020210-invite-with-reminders.js';
import * as dataFolders from '../../migrations/202612020310-mark-data-folders.js';
import { database } from './connect.js';
import { LOCKS } from './locks.js';
import { row, rows } from './rows.js';
import { as, sql } from './sql.js';
import { text } from './table.js';
import { inTransaction } from './transaction.js';

/** One migration: the statements that lead up and back down, in order; both databases understand them. */
interface Migration {
  readonly name: string;
  readonly up: readonly string[];
  /** Run after `up`, on one of the two. */
  readonly onPostgres?: readonly string[];
  readonly onSqlite?: readonly string[];
  readonly down: readonly string[];
}

/** Imported by name, so that the compiled program, the tests and the types see the same list. */
const migrations: readonly Migration[] = [
  accounts,
  organisations,
  eventsAndJobs,
  webSessions,
  courses,
  hotlines,
  learning,
  quizzes,
  regrades,
  followUp,
  issuers,
  certificates,
  issuanceLedger,
  certificateSharing,
  notifications,
  jobsOfLearners,
  practiceRuns,
  unitsAndGrants,
  settingsOfOrganisations,
  eventChains,
  rosters,
  invitations,
  membersIndexed,
  organisationsOfMails,
  invitationsOfTokens,
  requirements,
  reckoning,
  requirementDrafts,
  dutyReminders,
  firstCalls,
  managersTold,
  cyclePaths,
  courseChanges,
  dueCounts,
  standingsByPerson,
  joinCodes,
  entryCodes,
  sessionsOfCourses,
  addressChanges,
  dataExports,
  erasures,
  mailTimes,
  bareSessions,
  merges,
  courseRequests,
  courseLinks,
  invitedRoles,
  keptSums,
  measuredPeople,
  sealedFiles,
  auditorRooms,
  classroomSessions,
  certificatesElsewhere,
  ruleChoices,
  notificationCounts,
  acknowledgements,
  heldFiles,
  statusesElsewhere,
  talliesOfRooms,
  standingsByDueDay,
  openCycles,
  provenSessions,
  secondFactors,
  passkeys,
  identityProviders,
  samlProviders,
  signOuts,
  apiTokens,
  provisioning,
  openGroups,
  keptSignIns,
  ledgerChecks,
  remindedTokens,
  treeChanges,
  uninvited,
  remindedCertificates,
  coveredPeople,
  freshSeeds,
  peopleOfUnits,
  countedReminders,
  sessionsWithin,
  openLeft,
  pastRoles,
  accessChanges,
  domainsAskedAgain,
  namesStated,
  withoutJob,
  secondStepReminders,
  invitedByReminders,
  dataFolders,
];

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

/** A migration and its row in `migrations` are committed together or not at all. */
function asRunnable(migration: Migration): RunnableMigration<Sequelize> {
  return {
    name: migration.name,
    up: () =>
      inTransaction(async () => {
        const already = await row(sql`select name from migrations where name = $1`, [migration.name]);
        if (already) return;
        const { dialect, sequelize } = database();
        const extra = dialect === 'postgres' ? migration.onPostgres : migration.onSqlite;
        for (const statement of [...migration.up, ...(extra ?? [])]) await sequelize.query(statement);
        await rows(sql`insert into migrations (name) values ($1)`, [migration.name]);
      }),
    down: () =>
      inTransaction(async () => {
        for (const statement of migration.down) await database().sequelize.query(statement);
        await rows(sql`delete from migrations where name = $1`, [migration.name]);
      }),
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
