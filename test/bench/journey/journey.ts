import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { linksIn, UnexpectedAnswer } from '../../../server/workshop/smoke/client.js';
import {
  enrolOverHttp,
  signIn,
  signUpOverHttp,
  takeCourse,
  type Account,
} from '../../../server/workshop/smoke/learner.js';
import { mailIn } from '../../../server/workshop/smoke/server.js';
import { CountingClient, type Cost, type Step } from './counting-client.js';
import { tableOf, withTarget, type Figure } from '../measured/figure.js';
import { keep } from '../measured/keep.js';
import { startCounted, stop, type Counted } from '../processes.js';

/** How many journeys are measured; as many as WARM go before them, since a server runs for days and is seldom new. */
const COUNT = 8;
const WARM = 20;
const COURSE = 'airline-and-transport';
const PASSWORD = 'quiet harbour lanterns';

/** Milliseconds of CPU for a step. */
const TARGETS = new Map([
  ['Hand-in, final', 20],
  ['PDF, first', 15],
  ['PDF, again', 5],
  ['Check, first', 5],
]);

/** A build under measurement: its server, and the costs of each journey so far. */
interface Build {
  readonly root: string;
  readonly server: Counted;
  readonly folder: string;
  readonly content: ReturnType<typeof contentOf>;
  readonly journeys: Step[][];
}

/**
 * The whole journey of a learner through a course as it is shipped, from the sign-in to a stranger's check of the
 * certificate: CPU of the server with its threads, SQL statements and write transactions, in all and by step. Roots
 * of several builds are measured in turns, so that a busy machine is busy for all of them.
 */
export async function measureJourney(folders: readonly string[] = []): Promise<void> {
  const roots = folders.length > 0 ? folders.map(folder => resolve(folder)) : [projectRoot];
  const builds: Build[] = [];
  try {
    for (const root of roots) builds.push(await open(root));
    for (let n = 0; n < WARM + COUNT; n += 1)
      for (const build of builds) build.journeys.push(await journey(build, n));
    for (const { root, journeys } of builds) {
      const figures = figuresOf(journeys.slice(WARM));
      if (folders.length === 0) keep('journey', figures);
      else process.stdout.write(`${[root, ...tableOf(figures), ''].join('\n')}\n`);
    }
  } finally {
    for (const { server, folder } of builds) {
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function open(root: string): Promise<Build> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-journey-'));
  const start = () => startCounted(root, folder);
  // The first start publishes the content; what a server uses day by day shows from the second on.
  await stop(await start());
  return { root, folder, content: contentOf(root), server: await start(), journeys: [] };
}

function contentOf(root: string) {
  const loaded = loadContent(join(root, 'modules'));
  if (!loaded.ok) throw new Error(`The content of ${root} has faults`);
  return loaded.content;
}

/** One learner's way, signed up beforehand. */
async function journey({ server, folder, content }: Build, n: number): Promise<Step[]> {
  const headers = { 'x-forwarded-for': `10.2.${n >> 8}.${n & 255}` };
  const client = () => new CountingClient(server, headers);
  const account: Account = { name: `Ada Marlow ${n}`, email: `ada-${n}@example.org`, password: PASSWORD };
  await signUpOverHttp(client(), account, address => mailIn(join(folder, 'mail'), address));

  const learner = client();
  await learner.begin();
  await signIn(learner, account);
  await takeCourse(learner, await enrolOverHttp(learner, COURSE), { content, firstWrong: false });
  const [certificate = ''] = linksIn(
    (await learner.get('/certificates')).text,
    /^\/certificates\/[\da-f-]{36}$/,
  );
  const [verify = ''] = linksIn((await learner.get(certificate)).text, /\/verify\/\w{4}-/);
  for (let time = 0; time < 2; time += 1) await learner.bytes(`${certificate}/certificate.pdf`);

  const stranger = client();
  await stranger.begin();
  for (let time = 0; time < 2; time += 1) {
    const page = await stranger.get(new URL(verify, server.base).pathname);
    if (page.status !== 200) throw new UnexpectedAnswer('checking the certificate', page);
  }
  return [...learner.steps, ...stranger.steps];
}

const NOTHING: Cost = { micros: 0, statements: 0, transactions: 0, commits: 0 };

const sum = (costs: readonly Cost[]): Cost =>
  costs.reduce(
    (all, each) => ({
      micros: all.micros + each.micros,
      statements: all.statements + each.statements,
      transactions: all.transactions + each.transactions,
      commits: all.commits + each.commits,
    }),
    NOTHING,
  );

/** What the middle journey costs, then each kind of step: how often a journey has it, and what one costs. */
function figuresOf(journeys: readonly Step[][]): Figure[] {
  const names = [...new Set(journeys.flat().map(({ name }) => name))];
  const whole = journeys.map(sum);
  const course = journeys.map(steps => sum(steps.filter(({ name }) => name !== 'Sign-in')));
  return [
    { what: 'Whole journey', value: middle(whole, 'micros') / 1000, unit: 'ms of CPU' },
    { what: 'Whole journey', value: middle(whole, 'statements'), unit: 'SQL statements', target: 200 },
    { what: 'Whole journey', value: middle(whole, 'transactions'), unit: 'write transactions', target: 40 },
    { what: 'Whole journey', value: middle(whole, 'commits'), unit: 'commits' },
    { what: 'Without the sign-in', value: middle(course, 'micros') / 1000, unit: 'ms of CPU' },
    ...names.flatMap(name => {
      const costs = journeys.flat().filter(step => step.name === name);
      const what = `${name} (${Math.round(costs.length / journeys.length)} ×)`;
      const cpu = { what, value: middle(costs, 'micros') / 1000, unit: 'ms of CPU' };
      return [
        withTarget(cpu, TARGETS.get(name)),
        { what, value: middle(costs, 'statements'), unit: 'SQL statements' },
      ];
    }),
  ];
}

/** The median: the worker also looks at the clock now and then, which belongs to no step. */
const middle = (costs: readonly Cost[], of: keyof Cost): number =>
  costs.map(cost => cost[of]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? NaN;
