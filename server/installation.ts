import type { Express } from 'express';
import { indexPeople } from './people/accounts/search-words.js';
import { endAllTokens } from './people/accounts/sign-up/link-tokens.js';
import { createApp } from './app.js';
import { onDoubt } from './proof/certificates/verification/doubts.js';
import { removeKnownLeftovers } from './workshop/backup/leftovers.js';
import { openPapers, type Papers } from './proof/certificates/documents/papers.js';
import { openIssuer, type Issuer } from './proof/certificates/issuer/issuer.js';
import { keepMarks } from './workshop/backup/keep-marks.js';
import { openCheckpoints } from './proof/certificates/ledger/checkpoints.js';
import { settleDataFolder } from './proof/certificates/ledger/data-folder.js';
import { noticeMissingCheckpoints } from './proof/certificates/ledger/missing-checkpoints.js';
import { eraseAgain } from './office/privacy/erasure/erase-again.js';
import { noticeRestore } from './proof/certificates/ledger/rollback.js';
import { closeAllShareLinks } from './proof/certificates/holder/share-links.js';
import { signStaleLists } from './proof/certificates/status-lists/status-lists.js';
import type { Config } from './config.js';
import { publishBuiltIn } from './teaching/courses/built-in.js';
import { connect, database, disconnect } from './platform/db/connect.js';
import { migrate } from './platform/db/migrate.js';
import { watchClock } from './platform/events/routines/clock-hold.js';
import type { Secrets } from './platform/http/deps.js';
import { installedViews } from './platform/http/installed-views.js';
import { deriveSecrets } from './platform/http/secrets.js';
import { RateLimits } from './platform/http/security/rate-limits.js';
import { Refusals } from './platform/http/security/refusals.js';
import { endAllSessions, SessionStore } from './platform/http/security/sessions.js';
import type { Logger } from './platform/lib/log.js';
import { createMailer } from './people/mails/mailer.js';
import { ensureOpenOrganisation } from './people/organisations/memberships.js';
import { refuseDamagedFile, refuseNewerSchema, refuseOtherSettings } from './preconditions.js';
import { createReactions, createRoutines } from './background.js';
import { createWorker, type Worker } from './worker.js';

/** A whole installation, ready to listen. */
export interface Installation {
  readonly app: Express;
  readonly worker: Worker;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly secrets: Secrets;
  readonly refusals: Refusals;
  close(): Promise<void>;
}

/** How long a mail server that does not answer may delay a stop (ms). */
const LAST_MAIL = 3_000;

/** How long a page waits for the jobs that it caused (ms). */
const SETTLE = 2_000;

/** How long a page waits for its certificate (ms): in a rush, longer than most take, or people look again, and make it longer. */
const CATCH_UP = 4_000;

/**
 * Open the database, bring it up to date, publish the built-in content, and create the app and the worker.
 * The server, the smoke run and the tests all start here.
 */
export async function openInstallation(
  config: Config,
  log: Logger,
  clock: () => number = Date.now,
): Promise<Installation> {
  for (const folder of await removeKnownLeftovers(config, clock()))
    log.warn({ folder }, 'a backup or a restore was killed: what it left is removed');
  await refuseDamagedFile(config.databaseUrl);
  await connect(config.databaseUrl);
  const secrets = deriveSecrets(config);
  const issuer = await database().alone(
    () => prepare(config, secrets, log, clock),
    () => log.warn({}, 'waiting for another process, which migrates or prepares this database'),
  );
  onDoubt(found => log.error(found, 'a certificate does not match what was signed: run verify-ledger'));
  const mailer = createMailer(config, log);
  const views = installedViews();
  const papers = openPapers(config, { log, clock });
  const sessions = new SessionStore(clock);
  const outside = {
    config,
    issuer,
    papers,
    linkKey: secrets.links,
    sessions,
    limits: new RateLimits(secrets.limits),
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
  const catchUp = () => Promise.race([worker.catchUp(), wait(CATCH_UP)]);
  const refusals = new Refusals(secrets.limits);
  const app = createApp({
    config,
    log,
    views,
    issuer,
    papers,
    sessions,
    secrets,
    refusals,
    clock,
    settle,
    catchUp,
  });
  return {
    app,
    worker: { ...worker, stop },
    issuer,
    papers,
    secrets,
    refusals,
    async close() {
      await stop();
      await refusals
        .close()
        .catch((fault: unknown) => log.error({ fault: String(fault) }, 'the last refusals were not written'));
      // Where the folder cannot be written, the next start copies them.
      await keepMarks(issuer.checkpoints).catch((fault: unknown) =>
        log.error({ fault: String(fault) }, 'the marks of what was published were not copied'),
      );
      await papers.close();
      await issuer.signers.close();
      mailer.close();
      await disconnect();
    },
  };
}

/** Everything that a first start creates and a later one checks: processes that start together take turns. */
async function prepare(config: Config, secrets: Secrets, log: Logger, clock: () => number): Promise<Issuer> {
  await refuseNewerSchema();
  for (const name of await migrate()) log.info({ migration: name }, 'migrated');
  await refuseOtherSettings(config);
  await settleDataFolder(config);
  const indexed = await indexPeople();
  if (indexed > 0) log.info({ people: indexed }, 'people can be found by name');
  await ensureOpenOrganisation({ name: config.issuerName, timeZone: config.timeZone, now: clock() });
  await publishBuiltIn(log, clock());
  if (await noticeMissingCheckpoints(openCheckpoints(config.dataDir), clock()))
    log.error(
      'marks of what was published are missing beside this database: put back DATA_DIR/published and restart, or run "npm run cli -- marks accept"',
    );
  await watchClock({ clock, elapsed: () => Math.round(performance.now()) });
  const issuer = await openIssuer(config, secrets.issuerKeys, clock());
  await takeStock(issuer, log, clock());
  await keepMarks(issuer.checkpoints);
  return issuer;
}

/**
 * Check that everything that was published is still known here: an older copy of the database that was restored must not
 * revive a revoked certificate, a session or a mailed link. Status lists that have not been signed for a while are signed.
 */
async function takeStock(issuer: Issuer, log: Logger, now: number): Promise<void> {
  const lost = await noticeRestore(issuer.checkpoints, now);
  if (lost) {
    log.warn(lost, 'an older copy of the database was put back: run verify-ledger');
    await endAllTokens(now);
    await closeAllShareLinks(now);
    await endAllSessions();
  }
  const again = await eraseAgain(issuer.checkpoints, now);
  if (again > 0)
    log.warn({ again }, 'people who had been erased came back with the database: they are erased again');
  // A list that cannot be signed must not prevent the start: whoever reads it fails closed.
  await signStaleLists(issuer, now).catch((fault: unknown) =>
    log.error({ fault: String(fault) }, 'a status list was not signed'),
  );
}

const wait = (ms: number): Promise<void> =>
  new Promise(done => {
    setTimeout(done, ms).unref();
  });
