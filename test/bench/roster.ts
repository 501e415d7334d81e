import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from './measured/figure.js';
import { keep } from './measured/keep.js';
import { csvOf } from '../people/organisations/roster/uploading.js';

const HEADER = ['Staff no', 'Name', 'E-mail', 'Unit', 'Job', 'Hire date', 'Tags'];
const UNITS = 200;

const rowOf = (at: number, shift: number): string[] => [
  String(at).padStart(6, '0'),
  `Person Number ${at}`,
  `person${at}@example.org`,
  `U${(at + shift) % UNITS}`,
  'Cabin crew',
  '2024-03-01',
  'crew;night',
];

/**
 * A list of so many people, read, previewed and imported, and the next month's, in which a tenth move, by the program as it is
 * installed: seconds, of which it worked so many, and how much more memory it took, at most, than at the beginning. Whatever
 * else runs on the machine lengthens the first, not the second.
 */
export async function measureRoster(people: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-roster-'));
  const list = (name: string, moved: number): string => {
    const all = Array.from({ length: people }, (_, at) => rowOf(at, at % 10 < moved ? 1 : 0));
    writeFileSync(join(folder, name), csvOf(HEADER, all));
    return join(folder, name);
  };
  try {
    const walked = await walk(folder, [list('first.csv', 0), list('next.csv', 1)]);
    for (const { counts, outcome } of walked) process.stdout.write(`${outcome}: ${JSON.stringify(counts)}\n`);
    keep(
      'roster',
      walked.flatMap(({ steps }, at) =>
        Object.entries(steps).flatMap(([step, cost]) =>
          figuresOf(`${people} people, ${at === 0 ? 'first list' : 'next month'}, ${step}`, cost),
        ),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Step {
  readonly seconds: number;
  readonly cpu: number;
  readonly longest: number;
  readonly memory: number;
}

interface Walk {
  readonly counts: Readonly<Record<string, number>>;
  readonly outcome: string;
  readonly steps: Readonly<Record<string, Step>>;
}

const figuresOf = (what: string, { cpu, longest, memory }: Step): Figure[] => [
  { what, value: cpu, unit: 's of CPU' },
  { what: `${what}: longest wait of the main thread`, value: longest, unit: 'ms' },
  { what: `${what}: more memory than at the start`, value: memory / 1e6, unit: 'MB', target: 200 },
];

/** `roster-walk.mjs` in a process of its own, so that neither the tests nor their tools take part in its memory. */
async function walk(folder: string, files: readonly string[]): Promise<Walk[]> {
  const program = fileURLToPath(new URL('./roster-walk.mjs', import.meta.url));
  const { DATABASE_URL, PATH = '' } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(UNITS), ...files], {
    env: {
      ...{ PATH, NODE_ENV: 'production', DATA_DIR: folder, SETTINGS_FILE: '/dev/null' },
      ...(DATABASE_URL && { DATABASE_URL }),
    },
  });
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Walk);
}
