import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../../server/config.js';
import { closeBrowser } from '../../support/programs/browser.js';
import { measureCertificates } from '../certificates.js';
import { measureJourney } from '../journey/journey.js';
import { pagesOfLearners } from '../learners.js';
import { withTarget, type Figure } from '../measured/figure.js';
import { keep } from '../measured/keep.js';
import { cpuOf, load, memoryOf, startOf, startPinned, stop, type Ask, type Measured } from '../processes.js';
import { formLines } from './forms.js';
import { measureSlowLine } from './slow-line.js';
import { measureStatistics } from './statistics.js';
import { submissionCost } from './submission.js';

/**
 * `npm run bench`: CPU microseconds a request on one core, and ratios to what Express itself costs in the
 * same run. Numbers of different runs or machines do not compare; the ratios do.
 */
const WARM = 1500;
const COUNT = 2000;
/** The least of so many rounds counts: whatever else a machine does only adds. */
const ROUNDS = 3;
const HELLO: Ask = { path: '/hello' };

/** CPU microseconds, and what bare Express cost beside it, since a machine differs from minute to minute. */
interface Line {
  readonly what: string;
  readonly micros: number;
  readonly bare: number;
  readonly bytes: number | null;
}

/** Multiples of bare Express. */
const TARGETS: Readonly<Record<string, number>> = {
  'Course page, signed in': 4,
  'Lesson page, signed in': 4,
  'Question page, signed in': 4,
  'Finish a lesson (POST, stored)': 6,
  'Answer a question (POST, stored)': 8,
};

const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-'));
/** The server that all others are compared to. */
const startYardstick = () =>
  startPinned([join(projectRoot, 'test/bench/pages/baseline.mjs')], {}, printed => {
    const port = /ready (\d+)/.exec(printed)?.[1];
    return port ? `http://127.0.0.1:${port}` : null;
  });
const yardstick = await startYardstick();
const port = 20_000 + (process.pid % 20_000);
const startOurs = () =>
  startPinned(
    startOf(projectRoot),
    {
      PORT: String(port),
      DATA_DIR: folder,
      SETTINGS_FILE: '/dev/null',
      TRUST_PROXY: '1',
      LOG_LEVEL: 'error',
    },
    printed => (printed.includes('SMTP_URL') ? `http://localhost:${port}` : null),
  );
// The first start reads and publishes the content; what a server uses day by day shows from the second on.
const first = await startOurs();
await stop(first);
const ours = await startOurs();

try {
  await wait(1500);
  const atRest = memoryOf(ours);
  const asks = await pagesOfLearners(ours.base, folder);
  const lines: Line[] = [];
  lines.push(await measure(yardstick, 'Express, bare hello', HELLO));
  lines.push(await measure(yardstick, 'Express and one EJS page', { path: '/page' }));
  for (const [what, ask] of Object.entries(asks)) lines.push(await measure(ours, what, ask));
  const [answer, finished] = await formLines(ours, folder);
  const bare = await bareBeside(() => Promise.resolve());
  lines.push({ ...answer, bare }, { ...finished, bare });
  const submission = await submissionCost();
  const what = 'Hand in 12 items (grade, store, tell)';
  lines.push({ what, micros: submission.submit, bare, bytes: null });
  keep('pages', [
    ...lines.flatMap(figuresOf),
    beside('An answer, beside an INSERT of its row', answer.micros / submission.insertAnswer),
    beside('Handing in 12 items, beside an INSERT of its row', submission.submit / submission.insert),
    { what: 'Memory of the server at rest', value: atRest, unit: 'MB', target: 150 },
  ]);
  await measureStatistics();
  await measureCertificates();
  await measureJourney();
  const shown = {
    Home: asks['Home page, signed out'],
    Lesson: asks['Lesson page, signed in'],
    Verify: asks['Verify page'],
  };
  await measureSlowLine(ours.base.replace('localhost', '127.0.0.1'), shown);
} finally {
  await closeBrowser();
  ours.process.kill();
  yardstick.process.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(server: Measured, what: string, ask: Ask): Promise<Line> {
  const heavy = ask.path.endsWith('.pdf');
  await load(server.base, ask, heavy ? 20 : WARM);
  const costs: number[] = [];
  let bytes = 0;
  const bare = await bareBeside(async () => {
    const before = cpuOf(server);
    const count = heavy ? 50 : COUNT;
    bytes = await load(server.base, ask, count);
    costs.push((cpuOf(server) - before) / count);
  });
  return { what, micros: Math.min(...costs), bare, bytes };
}

/**
 * What bare Express costs (CPU microseconds a request), in turns with the rounds of something else: a server of its own, which has
 * answered as often as what it is compared to, since both get faster with time.
 */
async function bareBeside(round: () => Promise<void>): Promise<number> {
  const bare = await startYardstick();
  await load(bare.base, HELLO, WARM);
  const costs: number[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const before = cpuOf(bare);
    await load(bare.base, HELLO, COUNT);
    costs.push((cpuOf(bare) - before) / COUNT);
    await round();
  }
  await stop(bare);
  return Math.min(...costs);
}

function figuresOf({ what, micros, bare, bytes }: Line): Figure[] {
  const cost = { what, value: micros / bare, unit: '× bare Express' };
  const size = { what: `${what}: size`, value: (bytes ?? 0) / 1024, unit: 'KB' };
  return [withTarget(cost, TARGETS[what]), ...(bytes ? [size] : [])];
}

function beside(what: string, value: number): Figure {
  return { what, value, unit: '× the INSERT' };
}
