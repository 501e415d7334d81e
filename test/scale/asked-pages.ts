import { Agent } from 'node:http';
import { Client } from '../../server/workshop/smoke/client.js';
import { cpuOf, once, type Measured } from '../bench/processes.js';
import { READERS, scalePages, type Reader } from './pages.js';

/** How long a learner waits for a page (ms): 95 of 100 times at most so long. Alone, and while others open every page. */
export interface LearnersWait {
  readonly alone: number;
  readonly beside: number;
}

/** The browser of each kind of reader. */
export type Readers = Readonly<Record<Reader, Client>>;

/** How often each page is asked for before it is measured, and in each turn; the turn that cost least counts, as other work disturbs the rest. */
const [WARM, COUNT, TURNS] = [10, 40, 3];

/** CPU of the server for each page (ms), by its name; null where it is not answered with a page, or too late. */
export async function pageCosts(server: Measured, readers: Readers): Promise<Record<string, number | null>> {
  const pages: Record<string, number | null> = {};
  for (const { name, by, path } of await scalePages(readers.manager))
    pages[name] = await costOf(server, asking(server, path, readers[by]));
  return pages;
}

async function costOf(server: Measured, ask: () => Promise<number>): Promise<number | null> {
  try {
    for (let at = 0; at < WARM; at += 1) await ask();
    let least = Infinity;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const before = cpuOf(server);
      for (let at = 0; at < COUNT; at += 1) await ask();
      least = Math.min(least, cpuOf(server) - before);
    }
    return least / 1000 / COUNT;
  } catch {
    return null;
  }
}

/** How often a learner asks alone, and each other page is asked for beside them. */
const [ALONE, BESIDE] = [400, 5];

/** A learner asks for one page again and again: alone, then while others open every page in turn. */
export async function learnersWait(server: Measured, readers: Readers): Promise<LearnersWait> {
  const ask = asking(server, '/learning', readers.learner);
  const alone: number[] = [];
  while (alone.length < ALONE) alone.push(await timed(ask));
  const beside: number[] = [];
  const others = { areDone: false };
  const learner = (async () => {
    while (!others.areDone) beside.push(await timed(ask));
  })();
  await everyPage(server, readers);
  others.areDone = true;
  await learner;
  return { alone: longest(alone), beside: longest(beside) };
}

async function everyPage(server: Measured, readers: Readers): Promise<void> {
  for (const { by, path } of await scalePages(readers.manager)) {
    const open = asking(server, path, readers[by]);
    for (let times = 0; times < BESIDE; times += 1) await open().catch(() => undefined);
  }
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

const longest = (all: number[]): number =>
  all.sort((one, other) => one - other)[Math.floor(all.length * 0.95)] ?? 0;

let asked = 0;

/** Asks for a page on a connection that is kept. Many strangers ask, or the limits would meet them as one. */
function asking({ base }: Measured, path: string, { cookie }: Client): () => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return () => {
    asked += 1;
    const from = `10.2.${Math.floor(asked / 250) % 250}.${asked % 250}`;
    return once(base + path, { ...(cookie && { cookie }), 'x-forwarded-for': from }, agent);
  };
}

/** Everybody, signed in. */
export async function signedInAll(server: Measured, password: string): Promise<Readers> {
  const readers: [string, Client][] = [];
  for (const [reader, email] of Object.entries(READERS))
    readers.push([reader, await signedIn(server, email, password)]);
  return Object.fromEntries(readers) as Readers;
}

/** A browser in which they are signed in. On a busy machine the server may close a kept connection that is just used: once more. */
function signedIn({ base }: Measured, email: string | null, password: string): Promise<Client> {
  const attempt = async () => {
    const browser = new Client(base);
    if (email === null) return browser;
    await browser.get('/sign-in');
    await browser.submit('/sign-in', { email, password });
    return browser;
  };
  return attempt().catch(attempt);
}
