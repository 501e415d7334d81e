import { courseVersion } from '../../courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { quizNameIn } from '../quiz-name.js';
import { SMALLEST_GROUP } from './small-groups.js';
import { statisticsAddresses } from './statistics-page.js';
import { few } from './statistics-texts.js';
import { takenQuizzes, type TakenQuiz } from './taken-quizzes.js';

/** All quizzes that somebody has taken, by course. */
export async function takenPage() {
  const taken = await takenQuizzes();
  const slugs = [...new Set(taken.map(({ courseSlug }) => courseSlug))];
  const courses = slugs.map(slug => coursePart(taken.filter(({ courseSlug }) => courseSlug === slug)));
  return { courses: await Promise.all(courses) };
}

/** The quizzes of one course, newest version first; the newest version that has a quiz gives its name. */
async function coursePart(taken: readonly TakenQuiz[]) {
  const versionIds = [...new Set(taken.map(({ courseVersionId }) => courseVersionId))];
  const { snapshot } = await courseVersion(versionIds[0] ?? '');
  const rows = taken.map(async ({ courseSlug, version, quiz, people }) => ({
    version,
    quiz: await quizNameIn(versionIds, quiz, spoken),
    people: few(people, spoken),
    href:
      people < SMALLEST_GROUP ? null : statisticsAddresses({ courseSlug, version, quiz, only: 'first' }).quiz,
  }));
  return { title: snapshot.title, rows: await Promise.all(rows) };
}
