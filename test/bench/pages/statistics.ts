import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { countedQuizzes } from '../../../server/teaching/quizzes/item-analysis/kept/counted-quizzes.js';
import { QUIZZES } from '../../../server/teaching/quizzes/item-analysis/kept/sum-names.js';
import { quizStatistics } from '../../../server/teaching/quizzes/item-analysis/quiz-statistics.js';
import { takenQuizzes } from '../../../server/teaching/quizzes/item-analysis/taken-quizzes.js';
import { countFacts } from '../../../server/platform/sums/count.js';
import { recountFigure } from '../../../server/platform/sums/recount.js';
import { countLater } from '../../../server/platform/sums/uncounted.js';
import { madeUpAttempt, type MadeUp, type Place } from '../../support/quizzes/made-up-attempts.js';
import { keep } from '../measured/keep.js';
import { onOwnDatabase } from '../own-database.js';

/** Rows that are kept with one commit, so that the plain INSERT pays for rows and not for disks. */
const TOGETHER = 1000;

/**
 * Megabytes in use: a batch of attempts and the sums, however many attempts there are. All of them would take hundreds. What the
 * collector has not swept yet is not counted: how much that is depends on chance, and on how busy the machine is.
 */
const MOST = 64;

/** What the pages of statistics cost, what it costs to keep the sums that they read, and the memory that takes. */
export async function measureStatistics(attempts = 100_000): Promise<void> {
  const { insert, count, page, list, megabytes } = await statisticsCost(attempts);
  keep('statistics', [
    { what: 'Statistics of one quiz', value: page / 1000, unit: 'ms of CPU' },
    { what: 'The list of quizzes', value: list / 1000, unit: 'ms of CPU' },
    { what: 'Keeping the sums, for each attempt', value: count / attempts, unit: 'µs of CPU' },
    { what: 'Keeping the sums, beside an INSERT of the rows', value: count / insert, unit: '× the INSERT' },
    { what: 'More memory in use while all is counted again', value: megabytes, unit: 'MB', target: MOST },
  ]);
}

/** CPU microseconds: to insert so many attempts with their answers, to count them, and to read the figures of one quiz and of all. */
interface StatisticsCost {
  readonly insert: number;
  readonly count: number;
  readonly page: number;
  readonly list: number;
  /** How much more memory was in use at most while they were counted anew. */
  readonly megabytes: number;
}

/** On a SQLite database of its own. Throws when the statistics are not of all attempts, or took too much memory. */
const statisticsCost = (attempts: number): Promise<StatisticsCost> =>
  onOwnDatabase(async place => {
    const insert = await fill(place, attempts);
    const { courseSlug, quiz } = place;
    const scope = { courseSlug, quiz: quiz.name, version: null, only: 'first' as const };
    const { micros: count } = await measured(() => countFacts(countedQuizzes, Date.now()));
    const figures = await quizStatistics(scope);
    if (figures.isSmall || figures.attempts !== attempts) throw new Error('Attempts are missing');
    const { micros: page } = await measured(() => often(() => quizStatistics(scope)));
    const { micros: list } = await measured(() => often(() => takenQuizzes()));
    const megabytes = await mostInUse(recount);
    if (megabytes > MOST) throw new Error(`Counting took ${megabytes} MB more memory`);
    return { insert, count, page: page / OFTEN, list: list / OFTEN, megabytes };
  });

/** What takes milliseconds is done so many times. */
const OFTEN = 50;

async function often(work: () => Promise<unknown>): Promise<void> {
  for (let times = 0; times < OFTEN; times += 1) await work();
}

const recount = () =>
  recountFigure(countedQuizzes, { mends: false, clock: Date.now }, ({ name }) => {
    throw new Error(`${name} was counted otherwise`);
  });

async function fill(place: Place, attempts: number): Promise<number> {
  let insert = 0;
  for (let done = 0; done < attempts; done += TOGETHER) {
    const batch = Array.from({ length: Math.min(TOGETHER, attempts - done) }, () => madeUpAttempt(place));
    await write(batch, 'around');
    insert += (await measured(() => write(batch, 'own'))).micros;
    await inTransaction(async () => {
      for (const { attempt } of batch) await countLater(QUIZZES, attempt);
    });
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
