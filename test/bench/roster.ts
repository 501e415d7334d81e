import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { csvOf } from '../organisations/roster/uploading.js';

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
export async function rosterLines(people = 50_000): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-roster-'));
  const list = (name: string, moved: number): string => {
    const all = Array.from({ length: people }, (_, at) => rowOf(at, at % 10 < moved ? 1 : 0));
    writeFileSync(join(folder, name), csvOf(HEADER, all));
    return join(folder, name);
  };
  try {
    const walked = await walk(folder, [list('first.csv', 0), list('next.csv', 1)]);
    return walked.flatMap((each, at) => [
      `${at === 0 ? 'first list' : 'a tenth moves'}: ${JSON.stringify(each.counts)} (${each.outcome})`,
      ...Object.entries(each.steps).map(([what, step]) => `  ${what.padEnd(8)} ${costOf(step)}`),
    ]);
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

const costOf = ({ seconds, cpu, longest, memory }: Step): string =>
  `${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of CPU), the main thread was busy for up to ${longest} ms, ` +
  `up to ${Math.round(memory / 1e6)} MB more than at the start`;

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
