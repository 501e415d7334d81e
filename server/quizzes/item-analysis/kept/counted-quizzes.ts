import { groupedBy } from '../../../lib/grouped.js';
import type { KeptFigure, Uncounted } from '../../../sums/kept-figure.js';
import { negative, type Added } from '../../../sums/sums.js';
import { readSignals } from '../signals/signal-sums.js';
import { readResponse, readResult } from '../stored-result.js';
import {
  allAttemptsToCount,
  answersToCount,
  attemptsToCount,
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

async function changesOf(facts: readonly Uncounted[]): Promise<Added[]> {
  const attempts = await attemptsToCount(facts.map(({ fact }) => fact));
  const was = new Map(facts.map(each => [each.fact, each]));
  const before = attempts.flatMap(attempt => asCounted(attempt, was.get(attempt.id)));
  const [now, then] = [await addedBy(attempts), await addedBy(before)];
  return [...now, ...negative(then)];
}

/** An attempt as it was counted; nothing where it was not. */
function asCounted(attempt: AttemptToCount, uncounted: Uncounted | undefined): AttemptToCount[] {
  if (!uncounted) return [attempt];
  return uncounted.was === null ? [] : [{ ...attempt, result: uncounted.was }];
}

/** What these attempts add, at each place. */
async function addedBy(attempts: readonly AttemptToCount[]): Promise<Added[]> {
  if (attempts.length === 0) return [];
  const answers = groupedBy(await answersToCount(attempts.map(({ id }) => id)), 'attemptId');
  const added = [];
  for (const [subject, own] of groupedBy(
    attempts.map(each => ({ ...each, subject: subjectOf(each) })),
    'subject',
  )) {
    const tally = noQuizTally(subject);
    for (const attempt of own) addAttempt(tally, await counted(attempt, answers.get(attempt.id) ?? []));
    added.push(...addedByTally(tally));
  }
  return added;
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
