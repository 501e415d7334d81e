import { existsSync, statSync } from 'node:fs';
import { deriveSecrets } from './platform/http/secrets.js';
import { unknownAddress } from './proof/certificates/queries.js';
import { opensKeyInUse } from './proof/certificates/issuer/signing-keys.js';
import { CannotStart, noInstallation, type Config } from './config.js';
import { hasSchema, unknownMigrations } from './platform/db/migrate.js';
import { faultsOf, sqliteFile } from './platform/db/sqlite-file.js';

/**
 * Reasons not to start, each one sentence that says what to do. Going on would only make them worse: answers would be
 * written into a damaged file, or certificates would name an address that nobody can reach.
 */
export async function refuseOtherSettings(config: Config): Promise<void> {
  if ((await opensKeyInUse(deriveSecrets(config).issuerKeys)) === false)
    throw new CannotStart(
      'SECRET_KEY is not the one that this database was created with: set the one you stored, or the signing key and every e-mailed link are lost.',
      2,
    );
  const named = await unknownAddress(config);
  if (named === null) return;
  const former = [...config.formerBaseUrls, named].join();
  throw new CannotStart(
    `BASE_URL is ${config.baseUrl}, but certificates issued here name ${named}: set BASE_URL to that, or, if the address has changed for good, set FORMER_BASE_URLS=${former} as well.`,
    2,
  );
}

/** A newer program has run on this database: this one does not know what its rows mean. */
export async function refuseNewerSchema(): Promise<void> {
  const [newest] = (await unknownMigrations()).slice(-1);
  if (newest === undefined) return;
  throw new CannotStart(
    `This program is older than its database, which knows the change ${newest}: start the newer program again, or restore a backup from before the upgrade.`,
    1,
  );
}

/**
 * A file up to this size (bytes) is checked before the first request, within a second. Reading 887 MB took 12 seconds on
 * two busy cores, so a larger file is checked by `watchLargeFile` while the server runs. Every start reads the whole file,
 * even after a clean stop, because a disk can lose pages unnoticed.
 */
const READ_FIRST = 64 * 1024 * 1024;

/** Throws when a page of the SQLite file is damaged. Does nothing on PostgreSQL, which checks its own pages. */
export async function refuseDamagedFile(databaseUrl: string): Promise<void> {
  const file = sqliteFile(databaseUrl);
  if (!file || !existsSync(file) || statSync(file).size > READ_FIRST) return;
  await refuseDamage(file);
}

/** Check a file that was too large to be checked before the start, until `signal` breaks it off. Rejects as `refuseDamagedFile` throws. */
export async function watchLargeFile(databaseUrl: string, signal: AbortSignal): Promise<void> {
  const file = sqliteFile(databaseUrl);
  if (!file || statSync(file).size <= READ_FIRST) return;
  await refuseDamage(file, signal).catch((fault: unknown) => {
    if (!signal.aborted) throw fault;
  });
}

async function refuseDamage(file: string, signal?: AbortSignal): Promise<void> {
  const [fault] = await faultsOf(file, 'quick', signal);
  if (fault === undefined) return;
  throw new CannotStart(
    `The database file ${file} is damaged (${fault.replace(/\s+/g, ' ').trim()}): keep it, and restore a backup with "npm run cli -- restore FILE".`,
    1,
  );
}

/** For a command: throws unless the settings name an existing installation. */
export function refuseNoInstallation(config: Config): void {
  const { dataDir, databaseUrl } = config;
  const missing = [dataDir, sqliteFile(databaseUrl)].find(path => path !== null && !existsSync(path));
  if (missing) throw noInstallation(config, `there is no ${missing}`);
}

/** For a command: throws when the server has never been started on this database. */
export async function refuseEmptyDatabase(config: Config): Promise<void> {
  if (!(await hasSchema())) throw noInstallation(config, 'the database is empty');
}
