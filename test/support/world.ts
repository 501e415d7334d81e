import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig, type Config } from '../../server/config.js';
import { openInstallation, type Installation } from '../../server/installation.js';
import { onNudge } from '../../server/events/nudge.js';
import { createLogger } from '../../server/lib/log.js';
import { Client } from '../../server/smoke/client.js';
import { openMailbox, type Mailbox } from './mailbox.js';

/** The installation under test: the real app, database and mail, and a clock that tests may move. */
export interface World extends Installation {
  readonly base: string;
  readonly config: Config;
  readonly mailbox: Mailbox;
  /** What the installation logged, a line each. */
  readonly logged: string[];
  visitor(): Client;
}

let open: { world: World; server: Server; folder: string; dropDatabase: () => Promise<void> } | null = null;

/** The one installation of this run. */
export function world(): World {
  if (!open) throw new Error('The world is not open: is test/support/hooks.ts loaded?');
  return open.world;
}

/** Everybody comes from an address of their own, as through a proxy: limits on one do not meet the others. */
export const fromSomewhere = (): Record<string, string> => ({
  'x-forwarded-for': `10.${[randomInt(256), randomInt(256), randomInt(256)].join('.')}`,
});

export async function openWorld(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-test-'));
  const mailbox = await openMailbox();
  const { url, drop } = await freshDatabase(folder);
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = loadConfig({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    DATABASE_URL: url,
    BASE_URL: base,
    TRUST_PROXY: '1',
    SECRET_KEY: '07'.repeat(32),
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Training <training@example.org>',
    CONTACT_EMAIL: 'people@example.org',
    ISSUER_NAME: 'Test Passage',
    TIME_ZONE: 'Europe/Oslo',
    LOG_LEVEL: 'info',
  });
  const logged: string[] = [];
  const log = createLogger(config.logLevel, { write: line => void logged.push(line) });
  const installation = await openInstallation(config, log);
  server.on('request', installation.app);
  const world = {
    ...installation,
    base,
    config,
    mailbox,
    logged,
    visitor: () => new Client(base, '', fromSomewhere()),
  };
  open = { world, server, folder, dropDatabase: drop };
  reactToNews();
}

/**
 * News is answered at once. What the clock asks for is run by the tests of it: at its minute it would come between others.
 * Of the worker's end nobody is told that it came too late.
 */
export function reactToNews(): void {
  onNudge(() => void open?.world.worker.drain().catch(() => undefined));
}

export async function closeWorld(): Promise<void> {
  if (!open) return;
  const { world, server, folder, dropDatabase } = open;
  open = null;
  // As the program itself stops: what is being answered is finished before the database closes.
  server.keepAliveTimeout = 1;
  const answered = new Promise(done => server.close(done));
  server.closeIdleConnections();
  await answered;
  await world.close();
  await world.mailbox.close();
  await dropDatabase();
  rmSync(folder, { recursive: true, force: true });
}

/** SQLite in the folder, or a new database on the PostgreSQL server that DATABASE_URL names. */
export async function freshDatabase(folder: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.DATABASE_URL;
  if (!server?.startsWith('postgres')) {
    return { url: `sqlite:${join(folder, 'test.sqlite')}`, drop: () => Promise.resolve() };
  }
  const name = `safe_passage_test_${process.pid}_${Date.now()}`;
  await asServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asServer(server, `drop database ${name} with (force)`) };
}

async function asServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
