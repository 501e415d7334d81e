import { courseVersion } from '../courses/catalogue.js';
import type { Translate } from '../i18n/i18n.js';
import { FINAL } from '../learning/completion.js';
import { quizOf } from './quiz.js';

/** What learners call a quiz: the final has no title of its own, but the course's. */
export const quizName = (quiz: string, title: string, t: Translate): string =>
  quiz === FINAL ? t('course.final') : title;

/**
 * What the first of these course versions calls a quiz. A later version may have dropped the module after somebody
 * took the quiz. Its slug is shown only where none of them has it.
 */
export async function quizNameIn(versionIds: readonly string[], quiz: string, t: Translate): Promise<string> {
  for (const id of versionIds) {
    const asked = quizOf((await courseVersion(id)).snapshot, quiz);
    if (asked) return quizName(quiz, asked.title, t);
  }
  return quizName(quiz, quiz, t);
}
