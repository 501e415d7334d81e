import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from '../../../../platform/lib/lists/chunks.js';
import { groupedBy } from '../../../../platform/lib/lists/grouped.js';
import { changeSums } from '../../../../platform/sums/count.js';
import type { CountedFacts, KeptFigure, Uncounted } from '../../../../platform/sums/kept-figure.js';
import { negative, type Added } from '../../../../platform/sums/sums.js';
import { uncountedOf } from '../../../../platform/sums/uncounted.js';
import { readSignals } from '../signals/signal-sums.js';
import { readResponse, readResult } from '../stored-result.js';
import {
  allAttemptsToCount,
  answersToCount,
  attemptsToCount,
  heldAttemptsOf,
  quizzesToCount,
  type AnswerToCount,
  type AttemptToCount,
} from './attempts-to-count.js';
import { knownQuiz } from './known-quiz.js';
import { QUIZZES, quizOfSubject, subjectOf } from './sum-names.js';
import { addAttempt, addedByTally, noQuizTally, type CountedAttempt } from './quiz-tally.js';
import { withNewest } from './stored-sums.js';

/** What is shown of the answers to quizzes. A fact is a submitted attempt; what it was is its result until then. */
export const countedQuizzes: KeptFigure = {
  name: QUIZZES,
  changes: changesOf,
  subjects: async () => (await quizzesToCount()).map(subjectOf),
  whole: async function* (subject, uncounted) {
    const { courseSlug, quiz } = quizOfSubject({ subject });
    for await (const batch of allAttemptsToCount(courseSlug, quiz)) {
      const differing = await uncounted(batch.map(({ id }) => id));
      yield await addedBy(batch.flatMap(attempt => asCounted(attempt, differing.get(attempt.id))));
    }
  },
  tidy: withNewest,
};

/** Quiz by quiz. Attempts that are gone add nothing. */
async function* changesOf(facts: readonly Uncounted[]): AsyncGenerator<CountedFacts> {
  const was = new Map(facts.map(each => [each.fact, each]));
  for (const attempts of bySubject(await attemptsToCount([...was.keys()]))) {
    const before = attempts.flatMap(attempt => asCounted(attempt, was.get(attempt.id)));
    const added = [...(await addedBy(attempts)), ...negative(await addedBy(before))];
    yield { facts: attempts.map(({ id }) => id), added };
    for (const { id } of attempts) was.delete(id);
  }
  if (was.size > 0) yield { facts: [...was.keys()], added: [] };
}

/**
 * Somebody's attempts, or what they are counted by, change for good, and not by a ruling: `change` does it. They are taken out of the
 * sums as they were counted and added as they are then. In the transaction of the change. Throws `PutOff` while everything is counted anew.
 */
export const changeCounted = (userId: string, now: number, change: () => Promise<unknown>): Promise<void> =>
  changeSums(countedQuizzes, now, async () => {
    const before = await countedOf(userId);
    await change();
    return [...(await countedOf(userId)), ...negative(before)];
  });

/** What somebody's attempts that are counted add. */
async function countedOf(userId: string): Promise<Added[]> {
  const ids = await heldAttemptsOf(userId);
  const uncounted = await uncountedOf(QUIZZES)(ids);
  const added: Added[] = [];
  for (const attempts of bySubject(await attemptsToCount(ids)))
    added.push(
      ...(await addedBy(attempts.flatMap(attempt => asCounted(attempt, uncounted.get(attempt.id))))),
    );
  return added;
}

const bySubject = (attempts: readonly AttemptToCount[]): AttemptToCount[][] => [
  ...groupedBy(
    attempts.map(attempt => ({ ...attempt, subject: subjectOf(attempt) })),
    'subject',
  ).values(),
];

/** An attempt as it was counted; nothing where it was not. */
function asCounted(attempt: AttemptToCount, uncounted: Uncounted | undefined): AttemptToCount[] {
  if (!uncounted) return [attempt];
  return uncounted.was === null ? [] : [{ ...attempt, result: uncounted.was }];
}

/** After so many attempts others get their turn: each takes a tenth of a millisecond. */
const AT_ONCE = 50;

/** What these attempts at one quiz add, at each place. */
async function addedBy(attempts: readonly AttemptToCount[]): Promise<Added[]> {
  const [first] = attempts;
  if (!first) return [];
  const tally = noQuizTally(subjectOf(first));
  for (const some of chunks(attempts, AT_ONCE)) {
    const answers = groupedBy(await answersToCount(some.map(({ id }) => id)), 'attemptId');
    for (const attempt of some) addAttempt(tally, await counted(attempt, answers.get(attempt.id) ?? []));
    await breathe();
  }
  return addedByTally(tally);
}

async function counted(attempt: AttemptToCount, answers: readonly AnswerToCount[]): Promise<CountedAttempt> {
  const { organisationId, version, number, cycleNumber, isAgain, isAgainInVersion, result } = attempt;
  const [slots, known] = [readResult(result), await knownQuiz(attempt.courseVersionId, attempt.quiz)];
  return {
    ...{ organisationId, version, isFirst: number === 1 && cycleNumber === 1 },
    ...{ isAgain: Boolean(isAgain), isAgainInVersion: Boolean(isAgainInVersion) },
    read: slots &&
      known && {
        attempt: { ...timesOf(attempt), slots, answers: answers.map(readAnswer) },
        bank: known.bank,
      },
    signals: readSignals(result),
  };
}

/** When it began, and when and as what it came in, as a text that sorts. */
const timesOf = ({ id, startedAt, submittedAt }: AttemptToCount) => ({
  startedAt,
  at: `${String(submittedAt).padStart(15, '0')} ${id}`,
});

const readAnswer = (answer: AnswerToCount) => ({ ...answer, response: readResponse(answer.response) });
