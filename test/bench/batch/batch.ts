import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../../server/config.js';
import { connect, disconnect } from '../../../server/platform/db/connect.js';
import { row } from '../../support/rows.js';
import { finishAlike } from './finished-learners.js';
import { pagesOfLearners } from '../learners.js';
import { keep } from '../measured/keep.js';
import { pageTimes, slower } from './page-times.js';
import { memoryOf, startOf, startPinned, stop, type Measured } from '../processes.js';

/**
 * `npm run bench -- --batch 10000`: so many people finish at once. Certificates are issued by a server that answers
 * pages meanwhile and is killed on the way; told are speed, memory, and how much slower pages are.
 */
const COUNT = Number(process.argv[3] ?? 10_000);

/** When the server is killed: at this share of the batch. */
const KILLED_AT = 0.4;

let mostMemory = 0;

const folder = mkdtempSync(join(tmpdir(), 'safe-passage-batch-'));
const port = 20_000 + (process.pid % 20_000);
const start = () =>
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
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const quiet = await start();
  const asks = await pagesOfLearners(quiet.base, folder);
  const pages = {
    Home: asks['Home page, signed out'],
    Lesson: asks['Lesson page, signed in'],
    Question: asks['Question page, signed in'],
    Verify: asks['Verify page'],
  };
  // A server that has just started is slower for a while, with or without a batch.
  await pageTimes(quiet.base, pages, () => wait(10_000));
  const atRest = await pageTimes(quiet.base, pages, () => wait(10_000));
  await stop(quiet);

  await connect(`sqlite:${join(folder, 'safe-passage.sqlite')}`);
  await finishAlike('done@example.org', COUNT);
  const began = Date.now();
  const first = await start();
  const before = await pageTimes(first.base, pages, () => until(COUNT * KILLED_AT, first));
  first.process.kill('SIGKILL');
  say(`Killed after ${await issued()} certificates.`);
  const second = await start();
  const after = await pageTimes(second.base, pages, () => until(COUNT, second));
  const seconds = (Date.now() - began) / 1000;
  await settled(second);
  await stop(second);
  await checkAll();
  keep('batch', [
    { what: `Certificates issued, of ${COUNT}`, value: COUNT / seconds, unit: 'a second' },
    { what: 'Memory of the server, most', value: mostMemory, unit: 'MB' },
    ...slower(atRest, [before, after]),
  ]);
  await disconnect();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Waits until so many are issued; says at each tenth how much memory the server has. */
async function until(wanted: number, server: Measured): Promise<void> {
  for (let tenth = 0; ;) {
    const done = await issued();
    if (done >= (tenth * COUNT) / 10) {
      mostMemory = Math.max(mostMemory, memoryOf(server));
      say(`${String(done).padStart(6)} issued, ${memoryOf(server)} MB`);
      tenth = Math.floor((done * 10) / COUNT) + 1;
    }
    if (done >= wanted) return;
    await wait(500);
  }
}

/** Certificates of the batch that are signed. */
async function issued(): Promise<number> {
  return (await count('select count(*) as n from certificates where issued_at is not null')) - 1;
}

/** The mails that tell of the last ones may still wait. */
async function settled(server: Measured): Promise<void> {
  while ((await count(`select count(*) as n from jobs where state in ('ready', 'running')`)) > 0)
    await wait(500);
  say(`All told, ${memoryOf(server)} MB.`);
}

async function checkAll(): Promise<void> {
  const rounds = await count(
    'select count(distinct cycle_id) as n from certificates where issued_at is not null',
  );
  const ledger = await count('select count(*) as n from issuance_ledger');
  const last = await count('select max(seq) as n from issuance_ledger');
  const failed = await count(`select count(*) as n from jobs where state = 'failed'`);
  const found = [await issued(), rounds - 1, ledger - 1, last - 1, failed];
  if (found.join() !== [COUNT, COUNT, COUNT, COUNT, 0].join())
    throw new Error(`Not once each: ${found.join()}`);
}

async function count(sql: string): Promise<number> {
  return Number((await row<{ n: number }>(sql))?.n);
}
