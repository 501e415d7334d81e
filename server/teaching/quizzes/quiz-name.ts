import { courseVersion } from '../courses/catalogue.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import { quizOf } from './quiz.js';
import { quizName } from './quiz-words.js';

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
