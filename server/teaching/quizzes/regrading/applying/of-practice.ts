import { courseVersion } from '../../../courses/catalogue.js';
import { findAttempt } from '../../attempts/attempts.js';
import { quizOf } from '../../quiz.js';

/** Was this a try at a practice quiz? Whatever its result becomes, nothing follows from it. */
export async function isOfPractice(attemptId: string): Promise<boolean> {
  const attempt = await findAttempt(attemptId);
  if (!attempt) return false;
  const { snapshot } = await courseVersion(attempt.courseVersionId);
  return quizOf(snapshot, attempt.quiz)?.practice === true;
}
