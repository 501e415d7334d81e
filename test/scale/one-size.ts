import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from '../../server/config.js';
import { Client } from '../../server/smoke/client.js';
import { Agent } from 'node:http';
import { cpuOf, memoryOf, once, startPinned, stop, type Measured } from '../bench/processes.js';
import { READERS, scalePages, type Reader } from './pages.js';

/** What an installation with so many people costs. */
export interface SizeCost {
  readonly people: number;
  /** CPU of the server for each page (ms), by its name; null where it was not answered with a page. */
  readonly pages: Readonly<Record<string, number | null>>;
  readonly startSeconds: number;
  /** Of the server, at rest after the pages. */
  readonly memoryMb: number;
  /** Of the files of the database; 0 where a server of its own keeps it. */
  readonly databaseMb: number;
}

/** How often each page is asked for before and while it is measured. */
const [WARM, COUNT] = [10, 60];

// In the arguments: how many people, and how much is required of each. Fills an installation of its own (`DATABASE_URL`: an empty database, else a file), starts the
// server as it is installed, asks for each page, and prints a `SizeCost` in the last line.
const [people = 0, requirements = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'safe-passage-scale-'));
try {
  const env = { DATA_DIR: folder, SETTINGS_FILE: '/dev/null', ...databaseUrl() };
  const password = await seeded(env);
  const began = performance.now();
  const server = await started(env);
  try {
    const startSeconds = (performance.now() - began) / 1000;
    await atRest(server);
    const pages = await measured(server, password);
    const cost: SizeCost = {
      people,
      pages,
      startSeconds,
      memoryMb: memoryOf(server),
      databaseMb: sizeOf(folder),
    };
    process.stdout.write(`${JSON.stringify(cost)}\n`);
  } finally {
    await stop(server);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function databaseUrl(): Record<string, string> {
  const { DATABASE_URL } = process.env;
  return DATABASE_URL ? { DATABASE_URL } : {};
}

/** Seeds it; the password of those who can sign in. */
async function seeded(env: Record<string, string>): Promise<string> {
  const fill = join(projectRoot, 'test/scale/fill.ts');
  const program = ['--import', 'tsx', fill, String(people), String(requirements)];
  const { stdout } = await promisify(execFile)(process.execPath, program, {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  return /the password: (.+)/.exec(stdout)?.[1] ?? '';
}

function started(env: Record<string, string>): Promise<Measured> {
  const port = 20_000 + (process.pid % 20_000);
  return startPinned(
    [join(projectRoot, 'dist/server/main.js')],
    { ...env, PORT: String(port), TRUST_PROXY: '1', LOG_LEVEL: 'error' },
    printed => (printed.includes('SMTP_URL') ? `http://localhost:${port}` : null),
  );
}

/** What the server does at its start is not part of a page. Waits for two minutes at most. */
async function atRest(server: Measured): Promise<void> {
  for (let tries = 0, before = cpuOf(server); tries < 60; tries += 1) {
    await pause(2_000);
    const now = cpuOf(server);
    if (now - before < 100_000) return;
    before = now;
  }
}

async function measured(server: Measured, password: string): Promise<Record<string, number | null>> {
  const readers = new Map<Reader, Client>();
  for (const [reader, email] of Object.entries(READERS))
    readers.set(reader as Reader, await signedIn(server, email, password));
  const pages: Record<string, number | null> = {};
  const manager = readers.get('manager') ?? new Client(server.base);
  for (const { name, by, path } of await scalePages(manager))
    pages[name] = await costOf(server, path, readers.get(by)?.cookie ?? '');
  return pages;
}

/** A browser in which they are signed in. On a busy machine the server may close a kept connection that is just used: once more. */
function signedIn({ base }: Measured, email: string | null, password: string): Promise<Client> {
  const attempt = async () => {
    const browser = new Client(base);
    if (email === null) return browser;
    await browser.get('/sign-in');
    await browser.submit('/sign-in', { email, password });
    return browser;
  };
  return attempt().catch(attempt);
}

/** CPU of one request (ms), one after the other; null where it is not answered with a page, or too late. */
async function costOf({ base, process }: Measured, path: string, cookie: string): Promise<number | null> {
  const headers = cookie === '' ? {} : { cookie };
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  // Many strangers, or the limits would meet them as one.
  const ask = (at: number) => once(base + path, { ...headers, 'x-forwarded-for': `10.2.0.${at}` }, agent);
  try {
    for (let at = 0; at < WARM; at += 1) await ask(at);
    const before = cpuOf({ base, process });
    for (let at = 0; at < COUNT; at += 1) await ask(at);
    return (cpuOf({ base, process }) - before) / 1000 / COUNT;
  } catch {
    return null;
  } finally {
    agent.destroy();
  }
}

/** The files of a folder in MB. */
function sizeOf(of: string): number {
  return readdirSync(of).reduce((sum, name) => sum + statSync(join(of, name)).size, 0) / 1e6;
}
