import { spawn, type ChildProcess } from 'node:child_process';
import { once as event } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Cost } from './journey/counting-client.js';

/** A server under measurement, pinned to the first core. */
export interface Measured {
  readonly base: string;
  readonly process: ChildProcess;
}

/** The arguments of `node` with which `npm start` starts the program of a built checkout. */
export function startOf(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start
    .split(' ')
    .slice(1)
    .map(part => (part.startsWith('-') ? part : join(root, part)));
}

/** Start a node program, on the first core unless told otherwise, and wait for the line that `ready` finds its address in. */
export function startPinned(
  program: string[],
  env: Record<string, string>,
  ready: (printed: string) => string | null,
  cores = '0',
): Promise<Measured & { printed: string }> {
  const child = spawn('taskset', ['-c', cores, process.execPath, ...program], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((started, failed) => {
    let printed = '';
    child.once('exit', code => failed(new Error(`${program.join(' ')} stopped (${code})`)));
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const base = ready(printed);
      if (base) started({ base, process: child, printed });
    });
  });
}

/** A server that tells what it has used so far. */
export interface Counted {
  readonly base: string;
  readonly process: ChildProcess;
  /** Waits until the server has asked nothing of its database for so long (ms). */
  readonly read: (idle: number) => Promise<Cost>;
}

/** Start the program of a built checkout with its data in `folder`, counted by `counting.mjs`. It may use all cores. */
export async function startCounted(root: string, folder: string): Promise<Counted> {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const counting = new URL('./journey/counting.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', counting, ...startOf(root)], {
    env: {
      ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'production', PORT: String(port), BASE_URL: base },
      ...{ DATA_DIR: folder, SETTINGS_FILE: '/dev/null', TRUST_PROXY: '1', LOG_LEVEL: 'error' },
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = event(child, 'exit').then(([code]) => Promise.reject(new Error(`${root} stopped (${code})`)));
  await Promise.race([printed(child, 'SMTP_URL'), ended]);
  ended.catch(() => undefined);
  const read = async (idle: number) => {
    child.send({ idle });
    const [cost] = (await event(child, 'message')) as [Cost];
    return cost;
  };
  return { base, process: child, read };
}

/** Resolves once the program has printed this. */
function printed({ stdout }: ChildProcess, words: string): Promise<void> {
  let all = '';
  return new Promise(done => {
    stdout?.on('data', (chunk: Buffer) => {
      all += chunk.toString();
      if (all.includes(words)) done();
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await event(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await event(probe, 'close');
  return port;
}

/** End a server as an operator would, and wait until it is gone. */
export function stop({ process: running }: Pick<Measured, 'process'>): Promise<unknown> {
  const ended = new Promise(done => running.once('exit', done));
  running.kill('SIGTERM');
  return ended;
}

/** CPU time that a process has used so far, user and system, in microseconds: that of the threads that it has. */
export function cpuOf({ process: { pid } }: Measured): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanos = threads.map(thread =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((all, each) => all + each, 0) / 1000;
}

/** Memory of a process in MB: its own, and its share of what it has in common with others. */
export function memoryOf({ process: { pid } }: Measured): number {
  const line = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}

/** What to ask, again and again. */
export interface Ask {
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Come from many addresses, as strangers do; the server is told to trust the header. */
  readonly strangers?: boolean;
}

/** Ask `count` times, ten at a time over kept connections. Returns bytes of the last answer. */
export async function load(
  base: string,
  { path, headers = {}, strangers = false }: Ask,
  count: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  let left = count;
  let bytes = 0;
  const worker = async () => {
    while (left-- > 0) {
      const from = strangers ? { 'x-forwarded-for': `10.0.${left % 7}.${left % 251}` } : {};
      bytes = await once(base + path, { ...headers, ...from }, agent);
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  agent.destroy();
  return bytes;
}

/** Ask once; bytes of the answer. Throws unless it is a page. */
export function once(url: string, headers: Record<string, string>, agent: Agent): Promise<number> {
  return new Promise((done, failed) => {
    const asked = request(url, { headers, agent }, answer => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () =>
        answer.statusCode === 200 ? done(bytes) : failed(new Error(`${url}: ${answer.statusCode}`)),
      );
    });
    asked.on('error', failed);
    asked.end();
  });
}
