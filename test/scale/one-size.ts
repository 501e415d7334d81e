import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryOf, stop } from '../bench/processes.js';
import { learnersWait, pageCosts, signedInAll, type LearnersWait } from './asked-pages.js';
import { atRest, seeded, sizeOf, started } from './installation.js';

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
  readonly waits: LearnersWait;
}

// In the arguments: how many people, how much is required of each, and a folder that keeps the installation for the next time. Fills an installation of its own
// (`DATABASE_URL`: an empty database, else a file), starts the server as it is installed, asks for each page, and prints a `SizeCost` in the last line.
const [people = 0, requirements = 0] = process.argv.slice(2, 4).map(Number);
const kept = process.argv[4] ?? null;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'safe-passage-scale-'));
try {
  const env = { DATA_DIR: folder, SETTINGS_FILE: '/dev/null', ...databaseUrl() };
  const password = await seeded(env, { people, requirements });
  const began = performance.now();
  const server = await started(env);
  try {
    const startSeconds = (performance.now() - began) / 1000;
    await atRest(server);
    const readers = await signedInAll(server, password);
    const pages = await pageCosts(server, readers);
    const waits = await learnersWait(server, readers);
    const [memoryMb, databaseMb] = [memoryOf(server), sizeOf(folder)];
    const cost: SizeCost = { people, pages, startSeconds, memoryMb, databaseMb, waits };
    process.stdout.write(`${JSON.stringify(cost)}\n`);
  } finally {
    await stop(server);
  }
} finally {
  if (kept === null) rmSync(folder, { recursive: true, force: true });
}

function databaseUrl(): Record<string, string> {
  const { DATABASE_URL } = process.env;
  return DATABASE_URL ? { DATABASE_URL } : {};
}
