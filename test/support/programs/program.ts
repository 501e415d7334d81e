import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { compiled } from './compiled.js';

/** How a program ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the server or the command line, compiled, to its end, with these settings and none of the tester's. Only for a
 * server that refuses to start: any other would never end.
 */
export async function runProgram(
  name: 'main' | 'cli',
  args: readonly string[],
  settings: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = begin(name, args, settings);
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, out, err };
}

/** A server that runs. */
export interface Started {
  readonly base: string;
  /** What it has printed so far: its greeting and its log. */
  readonly out: () => string;
  /** Send it a signal. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts the compiled server and waits until it says that it is ready. Whoever starts it ends it. */
export async function startProgram(settings: NodeJS.ProcessEnv): Promise<Started> {
  const port = await freePort();
  const child = begin('main', [], { LOG_LEVEL: 'warn', PORT: String(port), ...settings });
  let out = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<boolean>(done => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('is ready at')) done(true);
    });
    void ended.then(() => done(false));
  });
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  if (!(await ready)) {
    // Another program took the port in between.
    if (out.includes('EADDRINUSE')) return startProgram(settings);
    throw new Error(`The server did not start: ${out}`);
  }
  return {
    base: `http://127.0.0.1:${port}`,
    out: () => out,
    signal: name => void child.kill(name),
    ended,
  };
}

const begin = (name: 'main' | 'cli', args: readonly string[], settings: NodeJS.ProcessEnv) =>
  spawn(process.execPath, [compiled(`server/${name}`), ...args], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      SETTINGS_FILE: '/dev/null',
      LOG_LEVEL: 'fatal',
      PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function freePort(): Promise<number> {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
