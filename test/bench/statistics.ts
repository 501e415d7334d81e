import { rows } from '../support/rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import { quizStatistics } from '../../server/quizzes/item-analysis/quiz-statistics.js';
import { madeUpAttempt, type MadeUp, type Place } from '../support/quizzes/made-up-attempts.js';
import { onOwnDatabase } from './own-database.js';

/** Rows that are kept with one commit, so that the plain INSERT pays for rows and not for disks. */
const TOGETHER = 1000;

/** Megabytes: a batch of attempts and the sums, however many attempts there are. All of them would take hundreds. */
const MOST = 64;

/** The line of the bench: seconds, the ratio to a plain INSERT of the same rows, memory. */
export async function statisticsLine(attempts = 100_000): Promise<string> {
  const { insert, count, megabytes } = await statisticsCost(attempts);
  const [seconds, ratio] = [(count / 1e6).toFixed(1), (count / insert).toFixed(2)];
  return `Statistics over ${attempts} attempts: ${seconds} s of CPU, ${ratio} × a plain INSERT of the same rows, ${megabytes} MB more memory.`;
}

/** CPU microseconds in all: to insert so many attempts with their answers, and to count their statistics. */
interface StatisticsCost {
  readonly insert: number;
  readonly count: number;
  /** How far the process grew while counting. */
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
    if (counted.megabytes > MOST) throw new Error(`Counting took ${counted.megabytes} MB more memory`);
    return { insert, count: counted.micros, megabytes: counted.megabytes };
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

async function measured<T>(
  work: () => Promise<T>,
): Promise<{ result: T; micros: number; megabytes: number }> {
  const atFirst = process.memoryUsage().rss;
  let largest = atFirst;
  const look = () => (largest = Math.max(largest, process.memoryUsage().rss));
  const watch = setInterval(look, 20);
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  return { result, micros: user + system, megabytes: Math.round((look() - atFirst) / 1024 / 1024) };
}
