import { existsSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endAllTokens } from '../../people/accounts/sign-up/link-tokens.js';
import { deriveSecrets } from '../../platform/http/secrets.js';
import { ensureKeys } from '../../proof/certificates/issuer/signing-keys.js';
import {
  newerThan,
  isSameInstallation,
  openCheckpoints,
  raiseCheckpoints,
  type Checkpoints,
} from '../../proof/certificates/ledger/checkpoints.js';
import { joinDataFolder } from '../../proof/certificates/ledger/data-folder.js';
import { noticeRestore } from '../../proof/certificates/ledger/rollback.js';
import { closeAllShareLinks } from '../../proof/certificates/holder/share-links.js';
import { CannotStart, type Config } from '../../config.js';
import { connect, disconnect } from '../../platform/db/connect.js';
import { emptySchema, isEmpty, knownMigrations, migrate } from '../../platform/db/migrate.js';
import { faultsOf, sqliteFile, withFile } from '../../platform/db/sqlite-file.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { endAllSessions } from '../../platform/http/security/sessions.js';
import { sync } from './backup.js';
import { loadDump } from './database-copy.js';
import { keepMarks } from './keep-marks.js';
import { removeLeftovers } from './leftovers.js';
import { fingerprintOf, refusalOf, type Manifest } from './manifest.js';
import { unpack } from './unpack.js';

interface RestoreOptions {
  /** Go back to before what the checkpoints in the data folder report. The checkpoints themselves are always kept. */
  readonly keepCheckpoints: boolean;
  readonly now: number;
}

/** What was done. `aside`: where the previous database is now; null when there was none. */
export interface Restored {
  readonly manifest: Manifest;
  readonly aside: string | null;
}

/**
 * Replace this installation's data by a backup. It is unpacked, checked, migrated and stripped of old sessions and links
 * beside the current database; only then a single rename puts it in place. Throws `CannotStart` where anything prevents
 * that, and then everything is as it was.
 */
export async function restore(config: Config, file: string, options: RestoreOptions): Promise<Restored> {
  await refuseRunningServer(config);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const target = sqliteFile(config.databaseUrl);
  // Beside the database, so that a rename within one file system puts it in place.
  const beside = target ? dirname(target) : config.dataDir;
  await removeLeftovers(beside, options.now);
  const folder = await mkdtemp(join(beside, '.restoring-'));
  try {
    const manifest = await unpack(file, folder, found => refuse(found, config));
    refuseLoss(openCheckpoints(config.dataDir), openCheckpoints(folder), options);
    const aside = target
      ? await replaceFile(join(folder, 'database.sqlite'), target, {
          config,
          folder,
          manifest,
          now: options.now,
        })
      : await fillDatabase(join(folder, 'database.dump'), { config, folder, manifest, now: options.now });
    return { manifest, aside };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuse(manifest: Manifest, { databaseUrl, secret }: Config): void {
  const why = refusalOf(manifest, {
    dialect: sqliteFile(databaseUrl) ? 'sqlite' : 'postgres',
    fingerprint: fingerprintOf(secret),
    migrations: knownMigrations(),
  });
  if (why !== null) throw new CannotStart(why, why.includes('SECRET_KEY') ? 2 : 1);
}

/** The backup lacks what was published since. The checkpoints of that are kept, so that what was revoked stays revoked. */
function refuseLoss(here: Checkpoints, backup: Checkpoints, { keepCheckpoints }: RestoreOptions): void {
  if (!isSameInstallation(here.read(), backup.read())) {
    if ((here.read().ledger?.seq ?? 0) === 0) return;
    throw new CannotStart(
      'DATA_DIR holds the records of another installation, which has issued certificates: restore into an empty DATA_DIR.',
      1,
    );
  }
  const [newer] = newerThan(here.read(), backup.read());
  if (newer === undefined || keepCheckpoints) return;
  throw new CannotStart(
    `DATA_DIR/published knows more than this backup (${newer}): take a newer backup, or add --keep-marks to go back all the same; what was withdrawn since stays withdrawn, and everything else since the backup is lost.`,
    1,
  );
}

async function refuseRunningServer({ host, port, databaseUrl }: Config): Promise<void> {
  const file = sqliteFile(databaseUrl);
  const isRunning =
    (await answers(host, port)) || (file !== null && existsSync(file) && (await isOpen(file)));
  if (isRunning)
    throw new CannotStart('A server is running on this installation: stop it, and restore again.', 1);
}

const answers = (host: string, port: number): Promise<boolean> =>
  fetch(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/healthz`, {
    signal: AbortSignal.timeout(2_000),
  })
    .then(async answer => ((await answer.json()) as { alive?: boolean }).alive === true)
    .catch(() => false);

/**
 * Whether another process has the file open: then it cannot leave WAL mode. Where it can, the contents of the log are in
 * the file afterwards. A damaged file is no obstacle, since it is to be replaced anyway.
 */
const isOpen = (file: string): Promise<boolean> =>
  withFile(file, async (ask, connection) => {
    connection.configure('busyTimeout', 0);
    await ask('PRAGMA journal_mode=DELETE');
    return false;
  }).catch((fault: unknown) => (fault as { code?: string }).code === 'SQLITE_BUSY');

interface Restoring {
  readonly config: Config;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly now: number;
}

/** On SQLite the rename is the moment of the restore: before it the old file is in place, after it the new one. */
async function replaceFile(copy: string, target: string, restoring: Restoring): Promise<string | null> {
  const [fault] = await faultsOf(copy, 'full');
  if (fault)
    throw new CannotStart(`The database in this backup is damaged (${fault}): take another backup.`, 1);
  await prepare(`sqlite:${copy}`, restoring);
  await intoOneFile(copy);
  const aside = await keepAside(target, restoring.now);
  await placeBeside(restoring);
  await rename(copy, target);
  await sync(dirname(target));
  return aside;
}

/** On PostgreSQL only into an empty database, so that nothing can be lost; it is emptied again when anything fails. */
async function fillDatabase(dump: string, restoring: Restoring): Promise<null> {
  const { databaseUrl } = restoring.config;
  await withDatabase(databaseUrl, async () => {
    if (!(await isEmpty()))
      throw new CannotStart(
        'The database that DATABASE_URL names is not empty: make a new one (createdb NAME), name it in DATABASE_URL, and restore again.',
        1,
      );
  });
  try {
    await loadDump(databaseUrl, dump);
    await prepare(databaseUrl, restoring);
    await placeBeside(restoring);
  } catch (fault) {
    await withDatabase(databaseUrl, emptySchema);
    throw fault;
  }
  return null;
}

/**
 * What was published since the backup stays, as after a start on an older copy; the checkpoints know as much as the database
 * afterwards. All sessions and links end: who signed out and which links were closed since the backup is unknown.
 */
const prepare = (url: string, { config, folder, manifest, now }: Restoring): Promise<void> =>
  withDatabase(url, async () => {
    await migrate();
    const [here, checkpoints] = [openCheckpoints(config.dataDir), openCheckpoints(folder)];
    if (isSameInstallation(here.read(), checkpoints.read())) raiseCheckpoints(checkpoints, here.read());
    const keys = { baseUrl: config.baseUrl, sealKey: deriveSecrets(config).issuerKeys };
    await ensureKeys(keys, checkpoints, now);
    await noticeRestore(checkpoints, now);
    await keepMarks(checkpoints);
    await joinDataFolder(config.dataDir);
    await inTransaction(async () => {
      await endAllTokens(now);
      await closeAllShareLinks(now);
      await endAllSessions();
      const payload = { takenAt: Date.parse(manifest.takenAt) };
      await record('backup.restored', payload, { actorId: null, organisationId: null, now });
    });
  });

async function withDatabase(url: string, work: () => Promise<void>): Promise<void> {
  await connect(url);
  await work().finally(disconnect);
}

/** Write the contents of the write-ahead log to the file, so that it is complete on its own. */
async function intoOneFile(file: string): Promise<void> {
  await withFile(file, ask => ask('PRAGMA wal_checkpoint(TRUNCATE)'));
  await Promise.all([rm(`${file}-wal`, { force: true }), rm(`${file}-shm`, { force: true })]);
  await chmod(file, 0o600);
  await sync(file);
}

/** Give the current database a second name, and its log with it, if it is damaged and still has one. */
async function keepAside(target: string, now: number): Promise<string | null> {
  if (!existsSync(target)) return null;
  const aside = `${target}.before-${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}`;
  // Not every file system has hard links.
  await link(target, aside).catch(() => copyFile(target, aside));
  for (const end of ['-wal', '-shm']) if (existsSync(target + end)) await rename(target + end, aside + end);
  return aside;
}

/** Checkpoints only go up; the folder of an installation that issued nothing is put aside. Known issuers are kept, sealed files come back. */
async function placeBeside({ config: { dataDir }, folder, now }: Restoring): Promise<void> {
  const [here, backup] = [openCheckpoints(dataDir), openCheckpoints(folder)];
  if (!isSameInstallation(here.read(), backup.read())) here.setAside(String(now));
  raiseCheckpoints(here, backup.read());
  here.noteGap(backup.gap());
  await eachIn(join(folder, 'trusted-issuers'), join(dataDir, 'trusted-issuers'), async (from, to) => {
    if (!existsSync(to)) await copyFile(from, to);
  });
  await eachIn(join(folder, 'sealed'), join(dataDir, 'sealed'), moveOver);
}

/** Call `put` with each file of a folder, and where it would be in another, which is made. Nothing where there is no such folder. */
async function eachIn(
  folder: string,
  other: string,
  put: (from: string, to: string) => Promise<void>,
): Promise<void> {
  if (!existsSync(folder)) return;
  await mkdir(other, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) await put(join(folder, name), join(other, name));
  await sync(other);
}

/** A sealed file is never written twice: one of the same name is the same, or damaged. The data folder may be on another disk. */
async function moveOver(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async () => {
    await copyFile(from, to);
    await sync(to);
  });
}
