import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import { indexPeople } from './accounts/person-words.js';
import { endAllTokens } from './accounts/tokens.js';
import { createApp, deriveSecrets, installedViews } from './app.js';
import { onDoubt } from './certificates/verification/doubts.js';
import { openIssuer, type Issuer } from './certificates/issuer/issuer.js';
import { openCheckpoints } from './certificates/ledger/checkpoints.js';
import { noticeMissingCheckpoints } from './certificates/ledger/missing-checkpoints.js';
import { noticeRestore } from './certificates/ledger/rollback.js';
import { closeAllShareLinks } from './certificates/holder/share-links.js';
import { signStaleLists } from './certificates/status-lists/status-lists.js';
import { projectRoot, type Config } from './config.js';
import type { Fault } from './courses/content/schema/types.js';
import { publishContent, publishedSource } from './courses/publishing.js';
import { database, disconnect } from './db/connect.js';
import { migrate } from './db/migrate.js';
import type { Secrets } from './http/deps.js';
import { endAllSessions, SessionStore } from './http/sessions.js';
import type { Logger } from './lib/log.js';
import { openDatabase } from './tables.js';
import { createMailer } from './notifications/mailer.js';
import { ensureOpenOrganisation } from './organisations/memberships.js';
import { refuseDamagedFile, refuseNewerSchema, refuseOtherSettings } from './preconditions.js';
import { createReactions, createRoutines } from './reactions.js';
import { createWorker, type Worker } from './worker.js';

/** A whole installation, ready to listen. */
export interface Installation {
  readonly app: Express;
  readonly worker: Worker;
  readonly issuer: Issuer;
  readonly secrets: Secrets;
  close(): Promise<void>;
}

/** A mail server that does not answer keeps the program from stopping for no longer than this (ms). */
const LAST_MAIL = 3_000;

/** A page waits at most this long for what it caused (ms). */
const SETTLE = 2_000;

/**
 * Open the database, bring it up to date, publish the built-in content and put app and worker together.
 * The server, the smoke run and the tests all start here.
 */
export async function openInstallation(
  config: Config,
  log: Logger,
  clock: () => number = Date.now,
): Promise<Installation> {
  await refuseDamagedFile(config.databaseUrl);
  await openDatabase(config.databaseUrl);
  const secrets = deriveSecrets(config);
  const issuer = await database().alone(
    () => prepare(config, secrets, log, clock),
    () => log.warn({}, 'waiting for another process, which migrates or prepares this database'),
  );
  onDoubt(found => log.error(found, 'a certificate is not what was signed: run verify-ledger'));
  const mailer = createMailer(config, log);
  const views = installedViews();
  const sessions = new SessionStore(clock);
  const outside = {
    config,
    issuer,
    linkKey: secrets.links,
    sessions,
    clock,
    mailer,
    views,
    baseUrl: config.baseUrl,
    contact: config.contactEmail,
  };
  const worker = createWorker({
    reactions: createReactions(outside),
    routines: createRoutines(outside),
    clock,
    log,
  });
  const stop = async () => {
    const patience = setTimeout(() => mailer.close(), LAST_MAIL);
    await worker.stop().finally(() => clearTimeout(patience));
  };
  const settle = () => Promise.race([worker.settle(), wait(SETTLE)]);
  const app = createApp({ config, log, views, issuer, sessions, secrets, clock, settle });
  return {
    app,
    worker: { ...worker, stop },
    issuer,
    secrets,
    async close() {
      await stop();
      await issuer.signers.close();
      mailer.close();
      await disconnect();
    },
  };
}

/** All that a first start makes, and that a later one looks through: processes that start together take turns. */
async function prepare(config: Config, secrets: Secrets, log: Logger, clock: () => number): Promise<Issuer> {
  await refuseNewerSchema();
  for (const name of await migrate()) log.info({ migration: name }, 'migrated');
  await refuseOtherSettings(config);
  const indexed = await indexPeople();
  if (indexed > 0) log.info({ people: indexed }, 'people can be found by name');
  await ensureOpenOrganisation({ name: config.issuerName, timeZone: config.timeZone, now: clock() });
  await publishBuiltIn(log, clock());
  if (await noticeMissingCheckpoints(openCheckpoints(config.dataDir), clock()))
    log.error(
      'marks of what was published are missing beside this database: put back DATA_DIR/published and start again, or run "npm run cli -- marks accept"',
    );
  const issuer = await openIssuer(config, secrets.issuerKeys, clock());
  await takeStock(issuer, log, clock());
  return issuer;
}

/**
 * Is all that was published still known here? An older copy of the database that was put back must not revive
 * what was withdrawn, nor a sign-in, nor a mailed link. Lists that nobody signed for a while are signed.
 */
async function takeStock(issuer: Issuer, log: Logger, now: number): Promise<void> {
  const lost = await noticeRestore(issuer, now);
  if (lost) {
    log.warn(lost, 'an older copy of the database was put back: run verify-ledger');
    await endAllTokens(now);
    await closeAllShareLinks(now);
    await endAllSessions();
  }
  // A list that cannot be signed must not keep the rest from starting: its readers fail closed.
  await signStaleLists(issuer, now).catch((fault: unknown) =>
    log.error({ fault: String(fault) }, 'a status list was not signed'),
  );
}

/**
 * Publish what is under `modules/`, unless these very files were published before: reading them all takes
 * longer than the rest of a start. Content with a fault is not published, and what was published before
 * stays as it is.
 */
async function publishBuiltIn(log: Logger, now: number): Promise<void> {
  const folder = join(projectRoot, 'modules');
  const source = sourceHash(folder);
  if ((await publishedSource()) === source) return;
  // Loaded only when there is something to read: most starts do without parsers and schemas.
  const { loadContent } = await import('./courses/content/load/load.js');
  const loaded = loadContent(folder);
  if (!loaded.ok) {
    log.error({ faults: loaded.faults.map(faultLine) }, 'content was not published: mend it and start again');
    return;
  }
  for (const { courseSlug, number, isNew } of await publishContent(loaded.content, source, now)) {
    if (isNew) log.info({ course: courseSlug, version: number }, 'published');
  }
}

/** What the content files and the program that reads them are, in one hash. */
export function sourceHash(folder: string): string {
  const hash = createHash('sha256').update(readFileSync(join(projectRoot, 'package.json')));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const path of files.map(entry => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** One fault of the content, on one line. */
export const faultLine = ({ file, line, problem, fix }: Fault): string => `${file}:${line} ${problem} ${fix}`;

const wait = (ms: number): Promise<void> =>
  new Promise(done => {
    setTimeout(done, ms).unref();
  });
