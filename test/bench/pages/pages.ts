import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../../server/config.js';
import { choicesIn, linksIn } from '../../../server/smoke/client.js';
import { closeBrowser } from '../../support/programs/browser.js';
import { certificateLines } from '../certificates.js';
import { journeyLines } from '../journey/journey.js';
import { inFirstQuiz, pagesOfLearners } from '../learners.js';
import { cpuOf, load, memoryOf, startPinned, stop, type Ask, type Measured } from '../processes.js';
import { slowLine } from './slow-line.js';
import { statisticsLine } from './statistics.js';
import { submissionCost } from './submission.js';

/**
 * `npm run bench`: CPU microseconds a request on one core, and ratios to what Express itself costs in the
 * same run. Numbers of different runs or machines do not compare; the ratios do.
 */
const WARM = 1500;
const COUNT = 4000;
/** Learners who send forms, how many of them before it counts, and how often each answers: answers stay, and nobody's attempt holds many. */
const LEARNERS = 24;
const UNMEASURED = 8;
const ANSWERS = 40;

interface Line {
  readonly what: string;
  readonly micros: number;
  readonly bytes: number | null;
}

const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-'));
const yardstick = await startPinned([join(projectRoot, 'test/bench/pages/baseline.mjs')], {}, printed => {
  const port = /ready (\d+)/.exec(printed)?.[1];
  return port ? `http://127.0.0.1:${port}` : null;
});
const port = 20_000 + (process.pid % 20_000);
const startOurs = () =>
  startPinned(
    [join(projectRoot, 'dist/server/main.js')],
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
  const bare = await measure(yardstick, 'Express, bare hello (a)', { path: '/hello' });
  const page = await measure(yardstick, 'Express and one EJS page (b)', { path: '/page' });
  lines.push(bare, page);
  for (const [what, ask] of Object.entries(asks)) lines.push(await measure(ours, what, ask));
  const [answer, ...finished] = await measureForms(ours);
  lines.push(answer, ...finished);
  const submission = await submissionCost();
  lines.push({ what: 'Hand in 12 items (grade, store, tell)', micros: submission.submit, bytes: null });
  print(lines, bare.micros, page.micros, { atRest, after: memoryOf(ours) });
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
  const before = cpuOf(server);
  const count = heavy ? 100 : COUNT;
  const bytes = await load(server.base, ask, count);
  return { what, micros: (cpuOf(server) - before) / count, bytes };
}

/** Learners who change an answer again and again, and then finish their lessons: each is stored before the reply. */
async function measureForms(server: Measured): Promise<[Line, Line]> {
  const spent = { answers: 0, lessons: 0 };
  const sent = { answers: 0, lessons: 0 };
  for (let n = 0; n < LEARNERS; n += 1) {
    const forms = await formsOf(server, `learner-${n}`);
    for (const kind of ['answers', 'lessons'] as const) {
      const before = cpuOf(server);
      for (const form of forms[kind]) await post(server, form);
      if (n < UNMEASURED) continue;
      spent[kind] += cpuOf(server) - before;
      sent[kind] += forms[kind].length;
    }
  }
  return [
    { what: 'Answer a question (POST, stored)', micros: spent.answers / sent.answers, bytes: null },
    { what: 'Finish a lesson (POST, stored)', micros: spent.lessons / sent.lessons, bytes: null },
  ];
}

/** A form as a browser sends it. */
interface Form {
  readonly cookie: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a new learner sends: one question answered now this way and now that, and every lesson that is left. */
async function formsOf(
  server: Measured,
  name: string,
): Promise<{ readonly answers: Form[]; readonly lessons: Form[] }> {
  const { browser, lesson, question } = await inFirstQuiz(server.base, folder, name);
  const page = await browser.get(question);
  const [action = ''] = linksIn(page.text, /\/answers\//);
  const _csrf = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const { cookie } = browser;
  const choices = choicesIn(page.text);
  const asked = choices.some(choice => choice.name === 'truth') ? 'truth' : 'choice';
  const values = choices.filter(choice => choice.name === asked).map(({ value }) => value);
  const course = await browser.get(lesson.split('/modules/')[0] ?? '');
  const left: string[] = [];
  for (const module of linksIn(course.text, /\/modules\/[\w-]+$/))
    left.push(
      ...linksIn((await browser.get(module)).text, /\/lessons\/[\w-]+$/).filter(href => href !== lesson),
    );
  return {
    answers: Array.from({ length: ANSWERS }, (_, sequence) => {
      const fields = { _csrf, sequence: String(sequence), reason: 'a', [asked]: values[sequence % 2] ?? '' };
      return { cookie, action, fields };
    }),
    lessons: left.map(href => ({ cookie, action: `${href}/completion`, fields: { _csrf } })),
  };
}

async function post({ base }: Measured, { cookie, action, fields }: Form): Promise<void> {
  const response = await fetch(base + action, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  if (response.status !== 303 && response.status !== 422) throw new Error(`${action} got ${response.status}`);
}

function print(
  lines: readonly Line[],
  bare: number,
  page: number,
  memory: { atRest: number; after: number },
): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say('| What | CPU µs | × bare (a) | × EJS page (b) | KB |');
  say('|---|---|---|---|---|');
  for (const { what, micros, bytes } of lines) {
    const size = bytes === null ? '' : (bytes / 1024).toFixed(1);
    say(
      `| ${what} | ${Math.round(micros)} | ${(micros / bare).toFixed(1)} | ${(micros / page).toFixed(1)} | ${size} |`,
    );
  }
  say(
    `\nMemory at rest ${memory.atRest} MB, after the run ${memory.after} MB (${process.arch}, Node ${process.version}).`,
  );
}
