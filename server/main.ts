import { createServer } from 'node:http';
import { firstAdministratorToken } from './accounts/administrators.js';
import { CannotStart, loadConfig, type Config } from './config.js';
import { freeLeases } from './events/queue.js';
import { openInstallation } from './installation.js';
import { createLogger, type Logger } from './lib/log.js';
import { watchLargeFile } from './preconditions.js';

const config = settingsOrExit();
const log = createLogger(config.logLevel);
const installation = await openInstallation(config, log).catch((fault: unknown) => failToStart(fault, log));
const server = createServer(installation.app);
server.requestTimeout = 30_000;
server.on('error', fault => failToStart(fault, log));
server.listen(config.port, config.host, () => void open().catch((fault: unknown) => failToStart(fault, log)));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

/** The port is ours, so whoever had it before has ended. */
async function open(): Promise<void> {
  await freeLeases();
  installation.worker.start();
  await announce(config);
  await watchLargeFile(config.databaseUrl);
}

/** No new work, finish what is under way, close the database; by force after eight seconds. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 8_000).unref();
  const answered = new Promise(done => server.close(done));
  server.closeIdleConnections();
  await answered;
  await installation.close();
  process.exit(0);
}

async function announce({ baseUrl, developmentSecret, smtpUrl, dataDir }: Config): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`Safe Passage is ready at ${baseUrl}`);
  const token = await firstAdministratorToken({ key: installation.secrets.links, now: Date.now() });
  if (token) {
    say(`There is no administrator yet. This link makes the first one, once, within 24 hours:`);
    say(`  ${baseUrl}/first-administrator?token=${token}`);
  }
  if (developmentSecret)
    say(`SECRET_KEY is not set: a key for development stands in ${dataDir}. Set one before real use.`);
  if (!smtpUrl) say(`SMTP_URL is not set: mail is written to files in ${dataDir}/mail.`);
}

function settingsOrExit(): Config {
  try {
    return loadConfig();
  } catch (fault) {
    return failToStart(fault, createLogger('fatal'));
  }
}

function failToStart(fault: unknown, log: Logger): never {
  if (fault instanceof CannotStart) {
    process.stderr.write(`${fault.message}\n`);
    process.exit(fault.exitCode);
  }
  log.fatal({ fault: fault instanceof Error ? fault.stack : String(fault) }, 'could not start');
  process.exit(1);
}
