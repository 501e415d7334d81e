import { courseVersion, currentCourse } from '../../../courses/catalogue.js';
import type { CourseSnapshot } from '../../../content/snapshot.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { steps } from '../../../learning/completion.js';
import { quizNameIn } from '../../quiz-name.js';
import { keptNamed } from '../../../../platform/sums/kept-sums.js';
import { QUIZZES, quizOfSubject, SIGNALS } from '../kept/sum-names.js';
import { signalsFrom } from '../kept/stored-sums.js';
import { takenQuizzes, type TakenQuiz } from '../taken-quizzes.js';
import { decisionFigures, type DecisionFigures } from './decision-figures.js';
import { mergedDecisions } from './decision-sums.js';
import { noSignalSums, signalFigures, type SignalSums } from './signal-sums.js';
import { signalAddresses, type NamedSignals } from './signals-page.js';

/** The courses in which somebody has taken a quiz (in one organisation, if it is named), as links. */
export async function coursesTaken(organisationId: string | undefined) {
  const judged = new Set((await signalsKept(organisationId)).map(({ courseSlug }) => courseSlug));
  const newest = newestOf(await takenQuizzes()).filter(({ courseSlug }) => judged.has(courseSlug));
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
  const kept = (await signalsKept(organisationId)).filter(({ courseSlug }) => courseSlug === slug);
  const taken = (await takenQuizzes()).filter(({ courseSlug }) => courseSlug === slug);
  const versionIds = [...new Set(taken.map(({ courseVersionId }) => courseVersionId))];
  const course = versionIds[0] ? await courseVersion(versionIds[0]) : await currentCourse(slug);
  if (!course) return null;
  const sums = new Map(kept.map(each => [each.quiz, each.sums]));
  const order = inOrder(new Set(sums.keys()), course.snapshot);
  const quizzes = order.map(async quiz => ({
    quiz,
    name: await quizNameIn(versionIds, quiz, spoken),
    figures: signalFigures(sums.get(quiz) ?? noSignalSums()),
  }));
  return {
    slug: course.slug,
    title: course.snapshot.title,
    quizzes: await Promise.all(quizzes),
    decisions: decisionFigures(mergedDecisions([...sums.values()].map(({ decisions }) => decisions))),
  };
}

/** How situations were judged in each quiz: in the first attempt of each person's first cycle, before they read anything again. */
async function signalsKept(
  organisationId: string | undefined,
): Promise<{ courseSlug: string; quiz: string; sums: SignalSums }[]> {
  const kept = await keptNamed(QUIZZES, organisationId ?? '');
  return kept
    .filter(({ part }) => part === SIGNALS)
    .map(each => ({ ...quizOfSubject(each), sums: signalsFrom(each.sums) }));
}

/** In the order of the course; quizzes that only older versions had come last. */
function inOrder(quizzes: ReadonlySet<string>, snapshot: CourseSnapshot): string[] {
  const order = steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
  return [...order.filter(quiz => quizzes.has(quiz)), ...[...quizzes].filter(quiz => !order.includes(quiz))];
}
