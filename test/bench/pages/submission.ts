import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { findAttempt, type AttemptFacts } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { submitAttempt } from '../../../server/teaching/quizzes/attempts/submit.js';
import { keep, madeUpAttempt, type MadeUp, type Place } from '../../support/quizzes/made-up-attempts.js';
import { onOwnDatabase } from '../own-database.js';

const ITEMS = 12;
const WARM = 100;
const COUNT = 400;

/** CPU microseconds, each with a commit of its own. */
export interface SubmissionCost {
  readonly submit: number;
  /** A plain INSERT of the row that a submission leaves, and of one that an answer leaves. */
  readonly insert: number;
  readonly insertAnswer: number;
}

/** What it costs to grade an attempt of twelve answered items, to keep the result and to tell of it. */
export const submissionCost = (): Promise<SubmissionCost> =>
  onOwnDatabase(async place => {
    const open = madeUp(place, true);
    await keep(open);
    const attempts = await Promise.all(open.map(each => findAttempt(each.attempt)));
    const submit = await costOfEach(attempts, attempt => handIn(attempt, place));
    const done = madeUp(place, false);
    await inTransaction(async () => {
      for (const { around } of done) for (const [sql, values] of around) await rows(sql, values);
    });
    const insert = await costOfEach(done, ({ own: [attempt] }) => insertRow(attempt));
    const insertAnswer = await costOfEach(done, ({ own: [, answer] }) => insertRow(answer));
    return { submit, insert, insertAnswer };
  });

/** The first items of the bank, whatever the quiz draws: as many as the row promises. */
function madeUp(place: Place, isOpen: boolean): MadeUp[] {
  const items = place.quiz.items.slice(0, ITEMS);
  if (items.length < ITEMS) throw new Error(`The bank has fewer than ${ITEMS} items`);
  return Array.from({ length: WARM + COUNT }, () => madeUpAttempt(place, { isOpen, items }));
}

async function handIn(attempt: AttemptFacts | null, { quiz }: Place): Promise<void> {
  if (!attempt || !(await submitAttempt(attempt, quiz, Date.now())))
    throw new Error('An attempt was not handed in');
}

const insertRow = (row: MadeUp['own'][number] | undefined): Promise<unknown> =>
  inTransaction(() => (row ? rows(...row) : Promise.reject(new Error('An attempt without a row'))));

/** CPU microseconds for each, after some to warm up. */
async function costOfEach<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<number> {
  for (const one of all.slice(0, WARM)) await work(one);
  const before = process.cpuUsage();
  for (const one of all.slice(WARM)) await work(one);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (all.length - WARM);
}
