import { setTimeout as wait } from 'node:timers/promises';
import { disconnect } from '../../server/db/connect.js';
import { openDatabase } from '../../server/tables.js';
import { openMailbox } from '../support/mailbox.js';
import { count, write } from '../support/rows.js';
import { faultsOf, mailFaults, type Fault } from './checks.js';
import type { Disk } from './disk.js';
import type { Place } from './kinds.js';
import { bringAdministrator, bringLearners } from './learners.js';
import type { Plant } from './plants.js';
import { learnersFor, playRounds, type RoundWishes, type Tally } from './rounds.js';
import { serverOn } from './server.js';
import { unexplained } from './log.js';
import { idsOf } from './mail.js';
import { Office } from './office.js';
import { readStore } from './store.js';

export interface Wishes extends RoundWishes {
  readonly url: string;
  /** For mail and keys of the server. */
  readonly folder: string;
  /** What both are on, where it may be filled. */
  readonly disk: Disk | null;
  readonly plant: Plant | null;
  /** Whether to make a killed worker's lease run out instead of waiting for it, at most a minute. */
  readonly hurry: boolean;
}

interface Found {
  readonly faults: readonly Fault[];
  readonly acknowledged: number;
  readonly results: number;
  readonly certificates: number;
  /** How many mails came to learners by SMTP; null where mail went to files. */
  readonly mails: number | null;
  /** Jobs taken again because their worker died, or what they need was away. */
  readonly takenAgain: number;
}

export type Report = Tally & Found & { readonly seconds: number };

/** For what is left to do at the end (ms): a killed worker's lease is a minute, and a look every five seconds. */
const SETTLE = 100_000;

/**
 * Rounds of answering, each disturbed by a fault at a random moment; then a look at all that is stored. While
 * a server may be killed nobody else has the database open: it alone recovers what it left.
 */
export async function runSeries(wishes: Wishes): Promise<Report> {
  const { url, folder, disk, plant } = wishes;
  const began = performance.now();
  const post = wishes.kinds.includes('mail') ? { mailbox: await openMailbox(), wasSilent: false } : null;
  const smtpUrl = post?.mailbox.url ?? null;
  const server = await serverOn({ url, folder, preload: plant?.preload ?? null, smtpUrl });
  try {
    // The first start makes the tables and publishes the content.
    await server.start();
    await server.stop();
    const learners = await bringLearners(url, learnersFor(wishes));
    const office = new Office(server.base, await bringAdministrator(url));
    await plant?.prepare?.(url);
    const place = { server, url, folder, disk, office, post };
    const tally = await playRounds(place, learners, wishes);
    const found = await lookAtStore(place, tally, wishes);
    return { ...tally, ...found, seconds: (performance.now() - began) / 1000 };
  } finally {
    await server.kill();
    await post?.mailbox.close();
  }
}

/** Lets the server do what is left, then compares what is stored with what was told. */
async function lookAtStore({ server, url, post }: Place, tally: Tally, { hurry }: Wishes): Promise<Found> {
  const { told } = tally;
  await server.stop();
  await openDatabase(url);
  try {
    if (hurry) await write(`update jobs set lease_until = 0 where state = 'running'`);
    await server.start();
    await settled();
    const store = await readStore(server.base, told);
    const kept = told.map(each => ({ each, stored: store.of(each) }));
    const faults = kept.flatMap(({ each, stored }) => faultsOf(each, stored, store.same));
    const logged = unexplained(server.complaints, tally.excused).map((what): Fault => ({
      kind: 'log',
      round: null,
      what,
    }));
    const mails = post && told.map(each => ({ each, ids: idsOf(post.mailbox, each) }));
    const mailed = mails?.flatMap(({ each, ids }) => mailFaults(each, ids, { mayRepeat: true })) ?? [];
    const attempts = kept.flatMap(({ stored }) => stored.attempts);
    return {
      faults: [...faults, ...store.faults, ...tally.misbehaved, ...logged, ...mailed],
      acknowledged: told.reduce((sum, { answers }) => sum + answers.length, 0),
      results: attempts.filter(({ submittedAt }) => submittedAt !== null).length,
      certificates: kept.flatMap(({ stored }) => stored.certificates).length,
      mails: mails?.reduce((sum, { ids }) => sum + ids.length, 0) ?? null,
      takenAgain: store.takenAgain,
    };
  } finally {
    await disconnect();
    await server.stop();
  }
}

/** Until no job is left, or for as long as one may rightly be. */
async function settled(): Promise<void> {
  const end = Date.now() + SETTLE;
  while (Date.now() < end && (await left()) > 0) await wait(200);
}

const left = async (): Promise<number> =>
  (await count(`jobs where state in ('ready', 'running')`)) +
  (await count(`events where seq > (select seq from event_cursors where name = 'reactions')`));
