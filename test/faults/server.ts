import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';

/** How long the server may take to say that it is ready, or to stop when asked to (ms). */
const PATIENCE = 180_000;

/** The program as an operator runs it, on a database and in a folder of its own; may be killed and started again. */
export interface Server {
  readonly base: string;
  /** What it logged at level error or above, a line each, over all its lives. */
  readonly complaints: readonly string[];
  /** Starts it and waits until it answers. */
  start(): Promise<void>;
  /** SIGKILL: it gets no chance to finish anything. What was planted is gone with it: a sound program comes back. */
  kill(): Promise<void>;
  /** Loads a file before the program, to put a bug into it, from the next start until a kill; null: no more. */
  plant(preload: string | null): void;
  /** Whether the process that was started last still runs. */
  isUp(): boolean;
  /** SIGTERM, as an operator stops it. Throws when it does not end well. */
  stop(): Promise<void>;
}

/** Without `smtpUrl` mail goes to files. */
export async function serverOn({
  url,
  folder,
  smtpUrl,
}: {
  url: string;
  folder: string;
  smtpUrl: string | null;
}): Promise<Server> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const complaints: string[] = [];
  let preload: string | null = null;
  let running: ChildProcess | null = null;

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const ending = running;
    running = null;
    if (!ending) return 0;
    const ended = once(ending, 'exit', { signal: AbortSignal.timeout(PATIENCE) });
    ending.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }

  // Whatever ends this process, the server does not outlive it.
  process.once('exit', () => running?.kill('SIGKILL'));

  return {
    base,
    complaints,
    async start() {
      const planted = preload ? ['--import', preload] : [];
      running = spawn(process.execPath, [...planted, join(projectRoot, 'dist', 'server', 'main.js')], {
        // Nothing of the operator's own settings. Every client is its own network address (see `Tab`).
        env: {
          PATH: '',
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          NODE_ENV: 'production',
          PORT: String(port),
          BASE_URL: base,
          DATA_DIR: folder,
          SETTINGS_FILE: '/dev/null',
          DATABASE_URL: url,
          SECRET_KEY: '07'.repeat(32),
          TRUST_PROXY: '1',
          LOG_LEVEL: 'error',
          ...(smtpUrl === null ? {} : { SMTP_URL: smtpUrl }),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await ready(running, complaints);
    },
    isUp: () => running?.exitCode === null && running.signalCode === null,
    async kill() {
      await end('SIGKILL');
      preload = null;
    },
    plant(file) {
      preload = file;
    },
    async stop() {
      const code = await end('SIGTERM');
      if (code !== 0) throw new Error(`The server did not stop well (${code ?? 'killed'})`);
    },
  };
}

function ready(server: ChildProcess, complaints: string[]): Promise<void> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('The server did not get ready in time')), PATIENCE);
    server.once('exit', code => {
      clearTimeout(late);
      failed(new Error(`The server stopped (${code ?? 'killed'}): ${complaints.at(-1) ?? 'without a word'}`));
    });
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      const lines = (printed + chunk.toString()).split('\n');
      printed = lines.pop() ?? '';
      complaints.push(...lines.filter(line => line.startsWith('{')));
      if (!lines.some(line => line.includes('ready at'))) return;
      clearTimeout(late);
      done();
    });
  });
}

/**
 * A port that nobody listens on, out of the range from which the system gives ports to others: it must be free
 * still each time the server starts again.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await new Promise<boolean>(done => {
      probe.once('listening', () => done(true)).once('error', () => done(false));
    });
    await new Promise(done => probe.close(done));
    if (isFree) return port;
  }
}
