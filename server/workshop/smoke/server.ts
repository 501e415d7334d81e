import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReadMail } from './learner.js';

/** A separate server with a temporary database, mail folder and keys. */
export interface ThrowAway {
  readonly base: string;
  /** Path and query of the link that makes the first administrator. */
  readonly administratorLink: string;
  readonly readMail: ReadMail;
  stop(): Promise<void>;
}

/** How long the server may take to say that it is ready (ms). */
const PATIENCE = 60_000;

/** Start the program as an operator would, and wait until it says where it is. */
export async function startThrowAway(program: string): Promise<ThrowAway> {
  const folder = await mkdtemp(join(tmpdir(), 'safe-passage-smoke-'));
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const server = spawn(process.execPath, [program], {
    // None of the operator's own settings: the real database must not be touched.
    env: {
      PATH: '',
      NODE_ENV: 'production',
      PORT: String(port),
      BASE_URL: base,
      DATA_DIR: folder,
      SETTINGS_FILE: '/dev/null',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const administratorLink = await linkPrintedBy(server);
  return {
    base,
    administratorLink,
    readMail: address => mailIn(join(folder, 'mail'), address),
    async stop() {
      const ended = new Promise(done => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function linkPrintedBy(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = '';
    const late = setTimeout(() => failed(new Error('The server did not get ready in time')), PATIENCE);
    server.once('exit', code => failed(new Error(`The server stopped at once (${code ?? 'killed'})`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      // Apart from its greeting the server logs only warnings and errors: they are shown as they come.
      for (const line of chunk.toString().split('\n'))
        if (line.startsWith('{')) process.stderr.write(`${line}\n`);
      const link = /(\/first-administrator\?token=[\w-]+)/.exec(printed)?.[1];
      if (!link) return;
      clearTimeout(late);
      found(link);
    });
  });
}

/** The newest mail to an address in a folder of `.eml` files, without soft line breaks. Waits a little for it. */
export async function mailIn(folder: string, address: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const names = await readdir(folder).catch(() => []);
    const mails = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
    const found = mails.findLast(mail => mail.toLowerCase().includes(`to: ${address.toLowerCase()}`));
    if (found) return found.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
    await wait(50);
  }
  throw new Error(`No mail came for ${address}`);
}

function freePort(): Promise<number> {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
