import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rows } from '../support/rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import { quizStatistics } from '../../server/quizzes/item-analysis/quiz-statistics.js';
import { madeUpAttempt, type MadeUp, type Place } from '../support/quizzes/made-up-attempts.js';
import { onOwnDatabase } from './own-database.js';

/** Rows that are kept with one commit, so that the plain INSERT pays for rows and not for disks. */
const TOGETHER = 1000;

/**
 * Megabytes in use: a batch of attempts and the sums, however many attempts there are. All of them would take hundreds. What the
 * collector has not swept yet is not counted: how much that is depends on chance, and on how busy the machine is.
 */
const MOST = 64;

/** The line of the bench: seconds, the ratio to a plain INSERT of the same rows, memory. */
export async function statisticsLine(attempts = 100_000): Promise<string> {
  const { insert, count, megabytes } = await statisticsCost(attempts);
  const [seconds, ratio] = [(count / 1e6).toFixed(1), (count / insert).toFixed(2)];
  return `Statistics over ${attempts} attempts: ${seconds} s of CPU, ${ratio} × a plain INSERT of the same rows, at most ${megabytes} MB more in use.`;
}

/** CPU microseconds in all: to insert so many attempts with their answers, and to count their statistics. */
interface StatisticsCost {
  readonly insert: number;
  readonly count: number;
  /** How much more memory was in use at most while they were counted a second time. */
  readonly megabytes: number;
}

/** On a SQLite database of its own. Throws when the statistics are not of all attempts, or took too much memory. */
const statisticsCost = (attempts: number): Promise<StatisticsCost> =>
  onOwnDatabase(async place => {
    const insert = await fill(place, attempts);
    const { courseSlug, quiz } = place;
    const scope = { courseSlug, quiz: quiz.name, version: null, only: 'first' as const };
    const counted = await measured(() => quizStatistics(scope));
    if (counted.result.isSmall || counted.result.attempts !== attempts)
      throw new Error('Attempts are missing');
    const megabytes = await mostInUse(() => quizStatistics(scope));
    if (megabytes > MOST) throw new Error(`Counting took ${megabytes} MB more memory`);
    return { insert, count: counted.micros, megabytes };
  });

async function fill(place: Place, attempts: number): Promise<number> {
  let insert = 0;
  for (let done = 0; done < attempts; done += TOGETHER) {
    const batch = Array.from({ length: Math.min(TOGETHER, attempts - done) }, () => madeUpAttempt(place));
    await write(batch, 'around');
    insert += (await measured(() => write(batch, 'own'))).micros;
  }
  return insert;
}

const write = (batch: readonly MadeUp[], what: 'around' | 'own'): Promise<void> =>
  inTransaction(async () => {
    for (const attempt of batch) for (const [sql, values] of attempt[what]) await rows(sql, values);
  });

async function measured<T>(work: () => Promise<T>): Promise<{ result: T; micros: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, micros: user + system };
}

/** How often the memory in use is looked at (ms). Each look sweeps first, which is why time is not measured in the same run. */
const LOOK = 200;

/** How many megabytes more are in use while work is done than before, at most. */
async function mostInUse(work: () => Promise<unknown>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const sweep = runInNewContext('gc') as () => void;
  const inUse = () => {
    sweep();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const atFirst = inUse();
  let most = atFirst;
  const watch = setInterval(() => (most = Math.max(most, inUse())), LOOK);
  await work();
  clearInterval(watch);
  return Math.round((Math.max(most, inUse()) - atFirst) / 1024 / 1024);
}
