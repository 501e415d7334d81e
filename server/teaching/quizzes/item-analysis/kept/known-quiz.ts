import { courseVersion } from '../../../courses/catalogue.js';
import { ofDatabase } from '../../../../platform/db/connect.js';
import { quizOf } from '../../quiz.js';
import { analysedBank, type AnalysedBank } from '../figures/analysed-bank.js';

/** What the figures of a quiz need of it. */
export interface KnownQuiz {
  readonly bank: AnalysedBank;
  /** Null where the quiz is practice, which nobody passes or fails. */
  readonly pass: number | null;
}

const quizzes = ofDatabase(() => new Map<string, KnownQuiz>());

/** The bank and the pass mark of a quiz in a course version; kept, since they never change and hashing a bank takes a while. */
export async function knownQuiz(courseVersionId: string, name: string): Promise<KnownQuiz | null> {
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
