import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/courses/content/load.js';
import { freshDatabase } from '../support/world.js';
import { isAsPlanted, plants, type Plant, type PlantName } from './plants.js';
import { linesOf } from './print.js';
import { runSeries, type Wishes as SeriesWishes } from './series.js';

const USAGE = `Usage: npm run faults -- [--database sqlite|postgres|both] [--rounds N] [--seed TEXT]
                          [--plant ack|index|look | --short]
  Kills the server at random moments while learners answer and hand in, starts it again, and looks for
  what is lost or there twice. --plant puts a bug into the server, which must be found; --short is 8 rounds,
  then each planted bug.
Ends with 0 when nothing was found, with 1 when something was, with 2 when it could not run.
With --short, a planted bug that was not found counts as something, and one that was found does not.
`;

type Database = 'sqlite' | 'postgres';
type Wishes = Pick<SeriesWishes, 'seed' | 'hurry'>;
interface Choice {
  readonly rounds: number;
  readonly plant: PlantName | null;
}

/** Fewer would let a planted bug slip through now and then: each kill meets one in about two. */
const SHORT: readonly Choice[] = [
  { rounds: 8, plant: null },
  { rounds: 8, plant: 'ack' },
  { rounds: 2, plant: 'index' },
  { rounds: 2, plant: 'look' },
];

const say = (line: string) => process.stdout.write(`${line}\n`);

// An end that runs the "exit" listeners: the server must not go on without this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exitCode = 2;
}

async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      database: { type: 'string', default: 'both' },
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: randomBytes(4).toString('hex') },
      plant: { type: 'string' },
      short: { type: 'boolean', default: false },
    },
  });
  const { database, seed, plant, short } = values;
  const rounds = Number(values.rounds);
  const isPlant = (name: string): name is PlantName => Object.hasOwn(plants, name);
  if (!/^(sqlite|postgres|both)$/.test(database) || !Number.isInteger(rounds) || rounds < 1) return usage();
  if (plant !== undefined && !isPlant(plant)) return usage();

  const choices = short ? SHORT : [{ rounds, plant: plant ?? null }];
  say(`seed ${seed}`);
  let worst = 0;
  for (const each of ['sqlite', 'postgres'] as const) {
    if (database !== each && database !== 'both') continue;
    const again = ['--database', each, '--seed', seed, '--rounds', String(rounds)];
    if (plant) again.push('--plant', plant);
    if (short) again.push('--short');
    const isElsewhere = each === 'postgres' && !process.env.DATABASE_URL?.startsWith('postgres');
    worst = Math.max(
      worst,
      isElsewhere ? withPostgres(again) : await runAll(each, choices, { seed, hurry: short }),
    );
  }
  return worst;
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}

/** This again, beside a throw-away PostgreSQL. */
function withPostgres(args: string[]): number {
  const wrapper = join(projectRoot, 'test', 'support', 'with-postgres.mjs');
  const own = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, [wrapper, 'tsx', own, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  return status ?? 2;
}

async function runAll(database: Database, choices: readonly Choice[], wishes: Wishes): Promise<number> {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults: npm run cli -- content check');
  let isClean = true;
  for (const choice of choices) {
    const plant: Plant | null = choice.plant && plants[choice.plant];
    say(`\n${database}, ${choice.rounds} rounds${plant ? `, planted: ${plant.what}` : ''}`);
    const report = await onFreshDatabase(database, place =>
      runSeries({ ...place, ...wishes, rounds: choice.rounds, plant, content: loaded.content, say }),
    );
    linesOf(report).forEach(say);
    const isFine = wishes.hurry ? isAsPlanted(report.faults, plant) : report.faults.length === 0;
    if (wishes.hurry && plant) say(isFine ? 'as it should be' : 'NOT as it should be');
    if (!isFine) isClean = false;
  }
  return isClean ? 0 : 1;
}

async function onFreshDatabase<T>(
  database: Database,
  use: (place: { url: string; folder: string }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-faults-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', tidy);
  const { url, drop } =
    database === 'sqlite'
      ? { url: `sqlite:${join(folder, 'faults.sqlite')}`, drop: () => Promise.resolve() }
      : await freshDatabase(folder);
  try {
    return await use({ url, folder });
  } finally {
    await drop();
    tidy();
  }
}
