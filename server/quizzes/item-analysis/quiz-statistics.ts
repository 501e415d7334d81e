import { ofDatabase } from '../../db/connect.js';
import { courseVersion } from '../../courses/catalogue.js';
import { quizOf } from '../quiz.js';
import { analysedBank, type AnalysedBank } from './figures/analysed-bank.js';
import { answersBetween, attemptsAfter, BEFORE_ALL, type AnalysisScope } from './batches.js';
import { collect, noSums, type AnalysedAttempt } from './figures/collect.js';
import { quizFigures, type QuizFigures } from './figures/quiz-figures.js';
import { readResponse, readResult } from './stored-result.js';

/**
 * The statistics of a quiz, computed in one pass over its attempts, with one batch and the sums in memory. For
 * 100,000 attempts it takes seconds, and other requests get their turn between the batches.
 */
export async function quizStatistics(scope: AnalysisScope): Promise<QuizFigures> {
  const sums = noSums();
  const passMarks = new Set<number | null>();
  let unreadable = 0;
  for await (const { courseVersionId, attempt } of submitted(scope)) {
    const known = await quizIn(courseVersionId, scope.quiz);
    if (!attempt || !known) {
      unreadable += 1;
      continue;
    }
    passMarks.add(known.pass);
    collect(sums, attempt, known.bank);
  }
  const [pass = null] = passMarks;
  return quizFigures(sums, unreadable, passMarks.size === 1 ? pass : null);
}

interface KnownQuiz {
  readonly bank: AnalysedBank;
  /** Null where the quiz is practice, which nobody passes or fails. */
  readonly pass: number | null;
}

const quizzes = ofDatabase(() => new Map<string, KnownQuiz>());

/** The bank and the pass mark of a quiz in a course version; kept, since they never change and hashing a bank takes a while. */
async function quizIn(courseVersionId: string, name: string): Promise<KnownQuiz | null> {
  const key = `${courseVersionId} ${name}`;
  const known = quizzes().get(key);
  if (known) return known;
  const { snapshot } = await courseVersion(courseVersionId);
  const quiz = quizOf(snapshot, name);
  if (!quiz) return null;
  const read = { bank: analysedBank(quiz), pass: quiz.practice ? null : quiz.pass };
  quizzes().set(key, read);
  return read;
}

type Answers = Awaited<ReturnType<typeof answersBetween>>;
type Found = Awaited<ReturnType<typeof attemptsAfter>>[number];

/** The attempts of a scope in the order of their submission; null for one whose result cannot be read. */
async function* submitted(
  scope: AnalysisScope,
): AsyncGenerator<{ courseVersionId: string; attempt: AnalysedAttempt | null }> {
  let after = BEFORE_ALL;
  for (;;) {
    const batch = await attemptsAfter(scope, after);
    const last = batch.at(-1);
    if (!last) return;
    const answers = byAttempt(await answersBetween(scope, after, last));
    for (const found of batch.filter(({ cycleNumber }) => scope.only === 'all' || cycleNumber === 1))
      yield { courseVersionId: found.courseVersionId, attempt: read(found, answers.get(found.id) ?? []) };
    after = last;
  }
}

function byAttempt(answers: Answers): Map<string, Answers> {
  const found = new Map<string, Answers>();
  for (const answer of answers) {
    const own = found.get(answer.attemptId) ?? [];
    own.push(answer);
    found.set(answer.attemptId, own);
  }
  return found;
}

function read({ person, startedAt, result }: Found, answers: Answers): AnalysedAttempt | null {
  const slots = readResult(result);
  if (!slots) return null;
  const read = answers.map(answer => ({ ...answer, response: readResponse(answer.response) }));
  return { person, startedAt, slots, answers: read };
}
