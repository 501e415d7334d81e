import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiled } from './compiled.js';
import type { Task } from './elsewhere-process.js';
import { freshDatabase } from '../world.js';

/** A database of its own, beside the one of the run, and processes that work on it. */
export interface Elsewhere {
  readonly url: string;
  /** Runs a task in a process of its own. Returns what it printed, line by line; throws when it fails. */
  readonly run: (task: Task, ...args: string[]) => Promise<string[]>;
  /** Runs several tasks in one process, which takes about a second to start. Returns what each printed. */
  readonly steps: (...tasks: Step[]) => Promise<string[][]>;
}

/** A task, or one with an argument. */
type Step = Task | `${Task} ${string}`;

/** Hands a new, empty database to `use`, and removes it afterwards. */
export async function elsewhere(use: (place: Elsewhere) => Promise<void>, kind?: 'sqlite'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  const sqlite = { url: `sqlite:${join(folder, 'own.sqlite')}`, drop: () => Promise.resolve() };
  const { url, drop } = kind === 'sqlite' ? sqlite : await freshDatabase(folder);
  try {
    const run = (task: Task, ...args: string[]) => runOn(url, task, ...args);
    const steps = async (...tasks: Step[]) =>
      (await run('steps', ...tasks)).map(line => JSON.parse(line) as string[]);
    await use({ url, run, steps });
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a task in a process of its own, on any database. */
export function runOn(url: string, task: Task, ...args: string[]): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [compiled('test/support/programs/elsewhere-process'), url, task, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  const complained: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => complained.push(chunk.toString()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code, signal) => {
      if (code === 0) done(said.join('').split('\n').filter(Boolean));
      else
        failed(
          new Error(`${[task, ...args].join(' ')} ended with ${signal ?? code}:\n${complained.join('')}`),
        );
    });
  });
}
