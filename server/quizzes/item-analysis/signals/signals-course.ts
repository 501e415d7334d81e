import { courseVersion, currentCourse } from '../../../courses/catalogue.js';
import type { CourseSnapshot } from '../../../courses/content/snapshot.js';
import { spoken } from '../../../i18n/spoken.js';
import { steps } from '../../../learning/completion.js';
import { quizNameIn } from '../../quiz-name.js';
import { takenQuizzes, type TakenQuiz } from '../taken-quizzes.js';
import { quizSignals } from './signal-queries.js';
import { decisionFigures, type DecisionFigures } from './decision-figures.js';
import { mergedDecisions } from './decision-sums.js';
import { signalFigures } from './signal-sums.js';
import { signalAddresses, type NamedSignals } from './signals-page.js';

/** The courses in which somebody has taken a quiz (in one organisation, if it is named), as links. */
export async function coursesTaken(organisationId: string | undefined) {
  const newest = newestOf(await takenQuizzes(organisationId));
  return Promise.all(
    newest.map(async ({ courseSlug, courseVersionId }) => ({
      title: (await courseVersion(courseVersionId)).snapshot.title,
      href: signalAddresses(courseSlug, organisationId).course,
    })),
  );
}

/** Each course once, by the newest version in which somebody took a quiz, which comes first. */
const newestOf = (taken: readonly TakenQuiz[]): TakenQuiz[] =>
  taken.filter(({ courseSlug }, at) => taken.findIndex(each => each.courseSlug === courseSlug) === at);

/** A course and the figures of every quiz of it that somebody took, in the course's order. */
export interface CourseSignals {
  readonly slug: string;
  readonly title: string;
  readonly quizzes: readonly (NamedSignals & { readonly quiz: string })[];
  /** Of all its quizzes together; null where none asks for decisions. */
  readonly decisions: DecisionFigures | null;
}

/** The figures of a course (in one organisation, if it is named); null for a course that does not exist. */
export async function courseSignals(
  slug: string,
  organisationId: string | undefined,
): Promise<CourseSignals | null> {
  const taken = (await takenQuizzes(organisationId)).filter(({ courseSlug }) => courseSlug === slug);
  const versionIds = [...new Set(taken.map(({ courseVersionId }) => courseVersionId))];
  const course = versionIds[0] ? await courseVersion(versionIds[0]) : await currentCourse(slug);
  if (!course) return null;
  const quizzes = [];
  const decisions = [];
  for (const quiz of inOrder(new Set(taken.map(each => each.quiz)), course.snapshot)) {
    const name = await quizNameIn(versionIds, quiz, spoken);
    // One after the other: each pass holds a batch of attempts.
    const sums = await quizSignals({ courseSlug: course.slug, quiz, organisationId });
    quizzes.push({ quiz, name, figures: signalFigures(sums) });
    decisions.push(sums.decisions);
  }
  return {
    slug: course.slug,
    title: course.snapshot.title,
    quizzes,
    decisions: decisionFigures(mergedDecisions(decisions)),
  };
}

/** In the order of the course; quizzes that only older versions had come last. */
function inOrder(quizzes: ReadonlySet<string>, snapshot: CourseSnapshot): string[] {
  const order = steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
  return [...order.filter(quiz => quizzes.has(quiz)), ...[...quizzes].filter(quiz => !order.includes(quiz))];
}
