import { setTimeout as wait } from 'node:timers/promises';
import { connect, disconnect } from '../../server/platform/db/connect.js';
import { openMailbox } from '../support/programs/mailbox.js';
import { count, write } from '../support/rows.js';
import { faultsOf, mailFaults, type Fault } from './checks/checks.js';
import type { Disk } from './disk.js';
import type { Place } from './kinds.js';
import { bringAdministrator, bringLearners, type Learner } from './learners/learners.js';
import type { Plant } from './plants.js';
import { playRounds, type RoundWishes, type Tally } from './rounds.js';
import { serverOn } from './server.js';
import { unexplained } from './log.js';
import { idsOf } from './mail.js';
import { Office } from './office.js';
import { readStore } from './checks/store.js';

export interface Site {
  readonly url: string;
  /** For mail and keys of the server. */
  readonly folder: string;
  /** What both are on, where it may be filled. */
  readonly disk: Disk | null;
}

export interface Wishes extends RoundWishes {
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
const SETTLE = 300_000;

/** A server on a new database, with so many learners before their last quiz, for as long as `use` takes. */
export async function onServer<T>(
  site: Site,
  { learners, hasMail }: { learners: number; hasMail: boolean },
  use: (place: Place, learners: readonly Learner[]) => Promise<T>,
): Promise<T> {
  const { url, folder } = site;
  const post = hasMail ? { mailbox: await openMailbox(), wasSilent: false } : null;
  const server = await serverOn({ url, folder, smtpUrl: post?.mailbox.url ?? null });
  try {
    // The first start makes the tables and publishes the content.
    await server.start();
    await server.stop();
    const brought = await bringLearners(url, learners);
    const office = new Office(server.base, await bringAdministrator(url));
    return await use({ ...site, server, office, post }, brought);
  } finally {
    await server.kill();
    await post?.mailbox.close();
  }
}

/**
 * Rounds of answering, disturbed by faults; then a look at all that is stored. While a server may be killed nobody else has
 * the database open: it alone recovers what it left. The server is stopped before and after.
 */
export async function runSeries(place: Place, learners: readonly Learner[], wishes: Wishes): Promise<Report> {
  const { server, url } = place;
  const { plant } = wishes;
  const began = performance.now();
  const complained = server.complaints.length;
  server.plant(plant?.preload ?? null);
  await plant?.prepare?.(url);
  const tally = await playRounds(place, learners, wishes);
  const found = await lookAtStore(place, tally, { ...wishes, complained });
  return { ...tally, ...found, seconds: (performance.now() - began) / 1000 };
}

/** Lets the server do what is left, then compares what is stored with what was told. */
async function lookAtStore(
  { server, url, post }: Place,
  tally: Tally,
  { hurry, complained }: Wishes & { complained: number },
): Promise<Found> {
  const { told } = tally;
  await server.stop();
  await connect(url);
  try {
    if (hurry) await write(`update jobs set lease_until = 0 where state = 'running'`);
    await server.start();
    await settled();
    const store = await readStore(server.base, told);
    const kept = told.map(each => ({ each, stored: store.of(each) }));
    const faults = kept.flatMap(({ each, stored }) => faultsOf(each, stored, store.same));
    const logged = unexplained(server.complaints.slice(complained), tally.excused).map((what): Fault => ({
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

const left = (): Promise<number> => count(`jobs where state in ('ready', 'running')`);
