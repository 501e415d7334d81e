import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../../server/config.js';
import { closeBrowser } from '../../support/programs/browser.js';
import { certificateLines } from '../certificates.js';
import { journeyLines } from '../journey/journey.js';
import { pagesOfLearners } from '../learners.js';
import { cpuOf, load, memoryOf, startOf, startPinned, stop, type Ask, type Measured } from '../processes.js';
import { formLines } from './forms.js';
import { slowLine } from './slow-line.js';
import { statisticsLine } from './statistics.js';
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

/** A row of the table: CPU microseconds, and what bare Express cost beside it, since a machine differs from minute to minute. */
interface Line {
  readonly what: string;
  readonly micros: number;
  readonly bare: number;
  readonly bytes: number | null;
}

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
  const page = await measure(yardstick, 'Express and one EJS page (b)', { path: '/page' });
  lines.push(await measure(yardstick, 'Express, bare hello (a)', HELLO), page);
  for (const [what, ask] of Object.entries(asks)) lines.push(await measure(ours, what, ask));
  const [answer, finished] = await formLines(ours, folder);
  const bare = await bareBeside(() => Promise.resolve());
  lines.push({ ...answer, bare }, { ...finished, bare });
  const submission = await submissionCost();
  const what = 'Hand in 12 items (grade, store, tell)';
  lines.push({ what, micros: submission.submit, bare, bytes: null });
  print(lines, page.micros / page.bare, { atRest, after: memoryOf(ours) });
  const answerRatio = (answer.micros / submission.insertAnswer).toFixed(1);
  process.stdout.write(
    `An answer (POST, stored): ${answerRatio} × a plain INSERT of the row that it leaves.\n`,
  );
  const ratio = (submission.submit / submission.insert).toFixed(1);
  process.stdout.write(`Handing in 12 items: ${ratio} × a plain INSERT of the row that it leaves.\n`);
  process.stdout.write(`${await statisticsLine()}\n`);
  process.stdout.write(`${(await certificateLines()).join('\n')}\n`);
  process.stdout.write(`${(await journeyLines()).join('\n')}\n`);
  const shown = {
    Home: asks['Home page, signed out'],
    Lesson: asks['Lesson page, signed in'],
    Verify: asks['Verify page'],
  };
  process.stdout.write(
    `${(await slowLine(ours.base.replace('localhost', '127.0.0.1'), shown)).join('\n')}\n`,
  );
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

/** `page`: what the page of EJS costs, as a multiple of bare Express. */
function print(lines: readonly Line[], page: number, memory: { atRest: number; after: number }): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say('| What | CPU µs | × bare (a) | × EJS page (b) | KB |');
  say('|---|---|---|---|---|');
  for (const { what, micros, bare, bytes } of lines) {
    const size = bytes === null ? '' : (bytes / 1024).toFixed(1);
    say(
      `| ${what} | ${Math.round(micros)} | ${(micros / bare).toFixed(1)} | ${(micros / bare / page).toFixed(1)} | ${size} |`,
    );
  }
  say(
    `\nMemory at rest ${memory.atRest} MB, after the run ${memory.after} MB (${process.arch}, Node ${process.version}).`,
  );
}
