import { courseByNumber } from '../../courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { quizName } from '../quiz-words.js';
import { quizOf } from '../quiz.js';

/** What one version of a course calls itself and its quiz. */
export async function publishedTitles(
  { courseSlug, quiz }: { courseSlug: string; quiz: string },
  version: number,
): Promise<{ course: string; quiz: string }> {
  const course = await courseByNumber(courseSlug, version);
  const asked = course && quizOf(course.snapshot, quiz);
  return {
    course: course?.snapshot.title ?? courseSlug,
    quiz: quizName(quiz, asked?.title ?? quiz, spoken),
  };
}
