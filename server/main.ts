import { firstAdministratorToken } from './people/accounts/administrators.js';
import { marksWatch, watchMarks } from './workshop/backup/keep-marks.js';
import { loadConfig, type Config } from './config.js';
import { freeLeases } from './platform/events/jobs/queue.js';
import { watchAccessChanges } from './platform/http/security/access-changes.js';
import { serve } from './platform/http/serving/serving.js';
import { openInstallation } from './installation.js';
import { createLogger, type Logger } from './platform/lib/log.js';
import { watchLargeFile } from './preconditions.js';
import { asCannotStart } from './start-faults.js';

const config = settingsOrExit();
const log = createLogger(config.logLevel);
const installation = await openInstallation(config, log).catch((fault: unknown) =>
  failToStart(fault, log, config),
);
const serving = serve(installation.app);
const { server } = serving;
server.requestTimeout = 30_000;
server.on('error', fault => failToStart(fault, log, config));
server.listen(
  config.port,
  config.host,
  () => void open().catch((fault: unknown) => failToStart(fault, log, config)),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

/** Breaks off what takes minutes and nobody waits for. */
const stopping = new AbortController();

/** The port is ours, so the program that had it before has ended. */
async function open(): Promise<void> {
  await freeLeases();
  installation.worker.start();
  void watchAccessChanges(stopping.signal);
  void watchMarks(marksWatch(installation.issuer.checkpoints), { log, signal: stopping.signal });
  await announce(config);
  await watchLargeFile(config.databaseUrl, stopping.signal);
}

/** The longest that a stop may take (ms): container runtimes kill after ten seconds. */
const LONGEST_STOP = 8_000;

/** A terminal and npm both pass on one Ctrl-C: a signal that follows this soon (ms) is the same one. */
const SAME_SIGNAL = 500;

let stoppingSince: number | null = null;

/** The first signal stops the program in order, a second one at once. */
function stop(): void {
  const now = performance.now();
  if (stoppingSince === null) {
    stoppingSince = now;
    void stopWithCare();
  } else if (now - stoppingSince > SAME_SIGNAL) {
    log.error({ requests: serving.underWay() }, 'stopped at once, as asked: what was under way is cut off');
    process.exit(1);
  }
}

/** Take no new work, finish what is running, and close the database; by force after eight seconds. */
async function stopWithCare(): Promise<void> {
  stopping.abort();
  const unfinished = new Set(['requests', 'jobs', 'database']);
  const done = (what: string) => () => void unfinished.delete(what);
  setTimeout(() => {
    const what = { unfinished: [...unfinished], requests: serving.underWay() };
    log.error(what, 'stopped by force: this did not finish in time and is cut off');
    process.exit(1);
  }, LONGEST_STOP).unref();
  try {
    await Promise.all([serving.stop().then(done('requests')), installation.worker.stop().then(done('jobs'))]);
    await installation.close().then(done('database'));
    process.exit(0);
  } catch (fault) {
    log.fatal({ fault: fault instanceof Error ? fault.stack : String(fault) }, 'could not be closed cleanly');
    process.exit(1);
  }
}

async function announce({ baseUrl, developmentSecret, smtpUrl, dataDir }: Config): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`Safe Passage is ready at ${baseUrl}`);
  const token = await firstAdministratorToken({ key: installation.secrets.links, now: Date.now() });
  if (token) {
    say(`There is no administrator yet. This link creates the first one. It works once, within 24 hours:`);
    say(`  ${baseUrl}/first-administrator?token=${token}`);
  }
  if (developmentSecret)
    say(`SECRET_KEY is not set: a development key is in ${dataDir}. Set SECRET_KEY before real use.`);
  if (baseUrl.startsWith('https:'))
    say(
      'The proxy in front of the server must send X-Forwarded-Proto and X-Forwarded-For: deploy/proxy has settings for three.',
    );
  if (!smtpUrl) say(`SMTP_URL is not set: e-mail is written to files in ${dataDir}/mail.`);
}

function settingsOrExit(): Config {
  try {
    return loadConfig();
  } catch (fault) {
    return failToStart(fault, createLogger('fatal'), null);
  }
}

function failToStart(fault: unknown, log: Logger, settings: Config | null): never {
  const known = asCannotStart(fault, settings);
  if (known) {
    process.stderr.write(`${known.message}\n`);
    process.exit(known.exitCode);
  }
  log.fatal({ fault: fault instanceof Error ? fault.stack : String(fault) }, 'could not start');
  process.exit(1);
}
