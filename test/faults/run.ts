import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/teaching/content/load/load.js';
import { seededRandom } from '../../server/teaching/quizzes/drawing/seeded-random.js';
import { freshDatabase } from '../support/world.js';
import { mountDisk, whyNoDisk } from './disk.js';
import { kindNames, kindsFor, type Database, type KindName } from './kinds.js';
import { isAsPlanted, plants, type Plant, type PlantName } from './plants.js';
import { linesOf } from './print.js';
import { learnersFor, type Moment, type Plan } from './rounds.js';
import { onServer, runSeries, type Report, type Site, type Wishes as SeriesWishes } from './series.js';

const USAGE = `Usage: npm run faults -- [--database sqlite|postgres|both] [--rounds N] [--seed TEXT]
                          [--fault NAME ... | --plant NAME | --short | --ci]
  Makes a fault at a random moment while learners answer and hand in, ends it, and looks for what is lost or there
  twice. The faults, of which chance chooses unless --fault names some:
    kill      the server is killed and started again
    stop      the server is asked to stop, and started again; on SQLite the file alone must hold everything
    backends  PostgreSQL ends all connections
    mail      the mail server turns everybody away, then is silent, then is back
    full      SQLite: the disk is full, then there is room again; takes root, since it mounts a small disk in memory
  --plant puts a bug into the server, which must be found: ack with one kill at the right moment, index and look with none,
  unsent with mail and room with full, at random moments.
  --short and --ci only kill: --short is 8 rounds, then the first three planted bugs. --ci leaves nothing to chance: it kills
  at the moment when a quiz was started, when an answer was acknowledged, and when a quiz was handed in; then comes a planted
  bug, ack on SQLite and index on PostgreSQL.
Ends with 0 when nothing was found, with 1 when something was, with 2 when it could not run. Where no disk can
be mounted it says so and leaves out "full"; where that was asked for by name, it ends with 2.
With --short and --ci, a planted bug that was not found counts as something, and one that was found does not.
`;

type Wishes = Pick<SeriesWishes, 'seed' | 'kinds' | 'hurry'>;
interface Choice {
  readonly plan: Plan;
  readonly plant: PlantName | null;
}

const withPlant = (plant: PlantName, rounds = 1): Choice => ({
  plan: plants[plant].plan ?? { rounds },
  plant,
});

/** A crew gives this many answers at the very least: two tabs each are right once about every question. */
const SURELY = 24;

/**
 * What is run one after another, on one database; the bug that takes the unique index away comes last. What finds a bug is the
 * same on both, so `ci` plants one on each. Rounds and moments
 * bound a run, never a clock: a slow machine takes longer.
 */
const LENGTHS: Record<'short' | 'ci', (seed: string, database: Database) => readonly Choice[]> = {
  short: () => [
    { plan: { rounds: 8 }, plant: null },
    ...(['ack', 'look', 'index'] as const).map(one => withPlant(one)),
  ],
  ci: (seed, database) => [
    { plan: { moments: momentsOf(seed) }, plant: null },
    withPlant(database === 'sqlite' ? 'ack' : 'index'),
  ],
};

/** What a learner was told counts from the first of these; the third comes while jobs begin. */
const momentsOf = (seed: string): Moment[] => [
  { errand: 'start', accepted: 1 },
  { errand: 'answer', accepted: 1 + seededRandom(seed).below(SURELY) },
  { errand: 'submission', accepted: 1 },
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
      fault: { type: 'string', multiple: true, default: [] },
      plant: { type: 'string' },
      short: { type: 'boolean', default: false },
      ci: { type: 'boolean', default: false },
    },
  });
  const { database, seed, fault, plant, short, ci } = values;
  const rounds = Number(values.rounds);
  const isPlant = (name: string): name is PlantName => Object.hasOwn(plants, name);
  if (!/^(sqlite|postgres|both)$/.test(database) || !Number.isInteger(rounds) || rounds < 1) return usage();
  if (plant !== undefined && !isPlant(plant)) return usage();
  const isKind = (name: string): name is KindName => kindNames.some(known => known === name);
  if (!fault.every(isKind)) return usage();

  const length = short ? 'short' : ci ? 'ci' : null;
  const named = length ? (['kill'] as const) : plant ? [plants[plant].fault] : fault;
  const choicesOn = (each: Database) =>
    length
      ? LENGTHS[length](seed, each)
      : [plant ? withPlant(plant, rounds) : { plan: { rounds }, plant: null }];
  say(`seed ${seed}`);
  // One process has one database open.
  const isElsewhere = !process.env.DATABASE_URL?.startsWith('postgres');
  const runOn = async (each: Database): Promise<number> => {
    const again = ['--database', each, '--seed', seed, '--rounds', String(rounds)];
    again.push(...fault.flatMap(name => ['--fault', name]));
    if (plant) again.push('--plant', plant);
    if (length) again.push(`--${length}`);
    if (each === 'postgres' && isElsewhere) return withPostgres(again);
    const kinds = kindsFor(each, named);
    const here = possible(kinds);
    // What was asked for by name and did not run has not passed.
    const least = named.length > 0 && here.length < kinds.length ? 2 : 0;
    if (here.length === 0) return least;
    return Math.max(
      least,
      await runAll(each, choicesOn(each), { seed, kinds: here, hurry: length !== null }),
    );
  };
  const wanted = (['sqlite', 'postgres'] as const).filter(
    each => (database === each || database === 'both') && kindsFor(each, named).length > 0,
  );
  if (wanted.length === 0) return usage();
  let worst = 0;
  for (const each of wanted) worst = Math.max(worst, await runOn(each));
  return worst;
}

/** The kinds that can be had here; it says so of the one that cannot. */
function possible(kinds: readonly KindName[]): KindName[] {
  const problem = kinds.includes('full') ? whyNoDisk() : null;
  if (problem !== null) say(`\nNOT RUN: full, since no disk can be mounted here (${problem})`);
  return kinds.filter(name => name !== 'full' || problem === null);
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}

/** This again, with a throw-away PostgreSQL. */
async function withPostgres(args: string[]): Promise<number> {
  const wrapper = join(projectRoot, 'test', 'support', 'with-postgres.mjs');
  const own = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [wrapper, 'tsx', own, ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 2;
}

/** One series after another, on one database. */
async function runAll(database: Database, choices: readonly Choice[], wishes: Wishes): Promise<number> {
  const { kinds } = wishes;
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults: npm run cli -- content check');
  const crowds = choices.map(({ plan }) => learnersFor(plan, kinds));
  const needs = { learners: crowds.reduce((sum, size) => sum + size, 0), hasMail: kinds.includes('mail') };
  let isClean = true;
  await onFreshDatabase(database, kinds.includes('full'), site =>
    onServer(site, needs, async (place, learners) => {
      const left = [...learners];
      for (const [n, { plan, plant: name }] of choices.entries()) {
        const plant = name && plants[name];
        say(`\n${database}, ${whenOf(plan)}${plant ? `, planted: ${plant.what}` : ''}`);
        const series = { ...wishes, plan, plant, content: loaded.content, say };
        const report = await runSeries(place, left.splice(0, crowds[n]), series);
        if (!isRight(report, plant, wishes)) isClean = false;
      }
    }),
  );
  return isClean ? 0 : 1;
}

function whenOf(plan: Plan): string {
  if ('rounds' in plan) return `${plan.rounds} rounds`;
  const moments = plan.moments.map(moment => moment && `${moment.errand} ${moment.accepted}`);
  return moments.map(moment => (moment ? `a fault at ${moment}` : 'undisturbed')).join(', ');
}

/** Says what a series came to. */
function isRight(report: Report, plant: Plant | null, { hurry }: Wishes): boolean {
  linesOf(report).forEach(say);
  if (!hurry) return report.faults.length === 0;
  const isFine = isAsPlanted(report.faults, plant);
  if (plant) say(isFine ? 'as it should be' : 'NOT as it should be');
  return isFine;
}

/** `isSmall`: on a disk of its own, which can be filled. */
async function onFreshDatabase<T>(
  database: Database,
  isSmall: boolean,
  use: (site: Site) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-faults-'));
  const disk = isSmall ? mountDisk(folder) : null;
  const tidy = () => {
    disk?.unmount();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', tidy);
  const { url, drop } =
    database === 'sqlite'
      ? { url: `sqlite:${join(folder, 'faults.sqlite')}`, drop: () => Promise.resolve() }
      : await freshDatabase(folder);
  try {
    return await use({ url, folder, disk });
  } finally {
    await drop();
    process.off('exit', tidy);
    tidy();
  }
}
