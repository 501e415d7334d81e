import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/teaching/content/load/load.js';
import type { Content } from '../../server/teaching/content/schema/types.js';
import { linksIn } from '../../server/workshop/smoke/client.js';
import { enrolOverHttp, signUpOverHttp, takeCourse } from '../../server/workshop/smoke/learner.js';
import { mailIn } from '../../server/workshop/smoke/server.js';
import type { Figure } from './measured/figure.js';
import { keep } from './measured/keep.js';
import { memoryOf, startOf, startPinned, stop, type Measured } from './processes.js';
import { ThinkingClient, type Asked } from './thinking-client.js';

const COURSE = 'airline-and-transport';
/** What one learner asks for on the way to the final, about: the minutes are divided by it. */
const STEPS = 100;
/** How many finals are handed in within a second. */
const A_SECOND = 200;
/** A certificate that comes later than this after its final was handed in is late (ms). */
const LATEST = 5_000;
/** Whoever finds no certificate looks again after so long (ms), as somebody who presses reload: 300 who look more often measure their own looking. */
const AGAIN = 1_000;

/**
 * `npm run bench -- --rush`: 300 learners take a course over HTTP in five minutes, thinking before each step. When all are at
 * the end of the final they hand it in, 200 within a second, and wait for their certificates. `--rush 8 1`: eight of them, in
 * one minute. With DATABASE_URL on an empty PostgreSQL database. Throws on a fault of the server's and on a late certificate.
 */
export async function measureRush(learners = 300, minutes = 5): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-rush-'));
  const server = await begin(folder);
  const memory = { atRest: memoryOf(server), most: 0 };
  const watch = setInterval(() => (memory.most = Math.max(memory.most, memoryOf(server))), 1_000);
  const asked: Asked = { times: [], faults: [] };
  try {
    const mayHandIn = starter(learners);
    const clients = Array.from(
      { length: learners },
      (_, n) => new ThinkingClient(server.base, `10.3.${n >> 8}.${n & 255}`, asked, mayHandIn),
    );
    // One by one: a password is costly, and people sign up on other days.
    for (const [n, client] of clients.entries()) await signUp(client, n, folder);
    asked.times.length = 0;
    const waits = await Promise.all(clients.map(client => journey(client, (minutes * 60_000) / STEPS)));
    keep(learners < 100 ? 'memory' : 'rush', figuresOf(asked, waits, memory, learners));
    const late = waits.filter(ms => ms > LATEST).length;
    if (asked.faults.length + late > 0)
      throw new Error(
        `${asked.faults.length} faults (${asked.faults.slice(0, 5).join(', ')}), ${late} late certificates.`,
      );
  } finally {
    clearInterval(watch);
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first start publishes the content; what a server uses day by day shows from the second on. */
async function begin(folder: string): Promise<Measured> {
  await stop(await start(folder));
  return start(folder);
}

function start(folder: string): Promise<Measured> {
  const port = 20_000 + (process.pid % 20_000);
  const { DATABASE_URL } = process.env;
  const settings = { SETTINGS_FILE: '/dev/null', TRUST_PROXY: '1', LOG_LEVEL: 'error' };
  return startPinned(
    startOf(projectRoot),
    { PORT: String(port), DATA_DIR: folder, ...(DATABASE_URL && { DATABASE_URL }), ...settings },
    printed => (printed.includes('SMTP_URL') ? `http://localhost:${port}` : null),
    '0-1',
  );
}

/** Who calls waits until so many have called; then they go on one after the other. */
function starter(learners: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void;
  const all = new Promise<void>(done => (open = done));
  return async () => {
    const mine = arrived++;
    if (arrived === learners) open();
    await all;
    await wait((mine * 1000) / A_SECOND);
  };
}

async function signUp(client: ThinkingClient, n: number, folder: string): Promise<void> {
  const account = {
    name: `Ada Marlow ${n}`,
    email: `ada-${n}@example.org`,
    password: 'quiet harbour lanterns',
  };
  await signUpOverHttp(client, account, address => mailIn(join(folder, 'mail'), address));
}

/** A learner's way from the course to the certificate: milliseconds from the final to the certificate. */
async function journey(client: ThinkingClient, think: number): Promise<number> {
  client.think = think;
  await takeCourse(client, await enrolOverHttp(client, COURSE), { content: content(), firstWrong: false });
  while (linksIn((await client.get('/certificates')).text, /^\/certificates\/[\w-]{36}$/).length === 0)
    await wait(AGAIN);
  return performance.now() - client.handedInAt;
}

let loaded: Content | null = null;

function content(): Content {
  if (loaded) return loaded;
  const found = loadContent(join(projectRoot, 'modules'));
  if (!found.ok) throw new Error('The content has faults');
  return (loaded = found.content);
}

function figuresOf(
  { times, faults }: Asked,
  waits: readonly number[],
  memory: { atRest: number; most: number },
  learners: number,
): Figure[] {
  const at = (list: readonly number[], share: number) =>
    Math.round(list.toSorted((a, b) => a - b)[Math.ceil(list.length * share) - 1] ?? NaN);
  const most = { what: 'Memory of the server, most', value: memory.most, unit: 'MB' };
  return [
    { what: 'Requests', value: times.length, unit: 'requests' },
    { what: 'Requests that failed', value: faults.length, unit: 'requests', target: 0 },
    { what: 'Answer to a request, median', value: at(times, 0.5), unit: 'ms' },
    { what: 'Answer to a request, 95 %', value: at(times, 0.95), unit: 'ms' },
    { what: 'From final to certificate, median', value: at(waits, 0.5), unit: 'ms' },
    { what: 'From final to certificate, slowest', value: at(waits, 1), unit: 'ms', target: LATEST },
    { what: 'Memory of the server at rest', value: memory.atRest, unit: 'MB', target: 150 },
    learners <= 8 ? { ...most, target: 220 } : most,
  ];
}
