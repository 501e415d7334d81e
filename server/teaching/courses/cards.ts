import type { PublishedCourse } from './catalogue.js';
import {
  answeringMinutes,
  caseMinutes,
  quizMinutes,
  readingMinutes,
  type TimedQuiz,
} from '../content/minutes.js';
import {
  ownQuiz,
  renewalQuiz,
  type CourseSnapshot,
  type SnapshotLesson,
  type SnapshotModule,
} from '../content/snapshot.js';

/** A course in the catalogue, in plain values for the views. */
export interface CourseCard {
  readonly slug: string;
  readonly title: string;
  readonly audience: string;
  readonly minutes: number;
  readonly moduleCount: number;
  readonly validMonths: number;
  readonly restricted: boolean;
  readonly href: string;
}

/** The course as the catalogue shows it. */
export const cardOf = ({ slug, snapshot }: PublishedCourse, isGrantedToEveryone: boolean): CourseCard => ({
  slug,
  title: snapshot.title,
  audience: snapshot.audience,
  minutes: courseMinutes(snapshot),
  moduleCount: snapshot.modules.length,
  validMonths: snapshot.validity.months,
  restricted: snapshot.restricted && !isGrantedToEveryone,
  href: `/courses/${slug}`,
});

/** Remembers what is counted for each object: counting reads every word, and published content never changes. */
function counted<K extends object>(count: (key: K) => number): (key: K) => number {
  const known = new WeakMap<K, number>();
  return key => {
    const value = known.get(key) ?? count(key);
    known.set(key, value);
    return value;
  };
}

const inSeconds = (minutes: number): number => Math.round(minutes * 60);

/** Seconds that a learner needs for a lesson. */
export const readingSeconds = counted((lesson: SnapshotLesson) => inSeconds(readingMinutes(lesson)));

const ofLearners = counted((quiz: TimedQuiz) => inSeconds(answeringMinutes(quiz)));
const ofCertificates = counted((quiz: TimedQuiz) => inSeconds(quizMinutes(quiz)));

/** Seconds that a learner needs for a quiz; 0 where there is none. */
export const answeringSeconds = (quiz: TimedQuiz | null): number => (quiz ? ofLearners(quiz) : 0);

/** Seconds of a quiz as `content check` counts them; 0 where there is none. */
export const quizSeconds = (quiz: TimedQuiz | null): number => (quiz ? ofCertificates(quiz) : 0);

const ofCase = counted((scenario: SnapshotModule['scenario']) => Math.ceil(caseMinutes(scenario)));

/** Minutes of a module's own case, which is practice and not counted elsewhere. */
export const practiceMinutes = ({ scenario }: SnapshotModule): number => ofCase(scenario);

/**
 * Minutes of a module: its required lessons and its quiz. Rounded at its end within the course, with the final first, so that
 * the minutes of all parts add up to those of the course.
 */
export function moduleMinutes(course: CourseSnapshot, module: SnapshotModule): number {
  const { modules } = course;
  const before = modules.slice(0, modules.indexOf(module)).reduce(addSeconds, closingSeconds(course));
  return inMinutes(addSeconds(before, module)) - inMinutes(before);
}

/** Minutes that learners need for a whole course. Rounded once: rounding each short lesson would add up to an hour. */
export const courseMinutes = (course: CourseSnapshot): number =>
  inMinutes(course.modules.reduce(addSeconds, closingSeconds(course)));

/** Seconds of what follows all modules: the quiz of a renewal where the course is taken by it, and the final. */
const closingSeconds = (course: CourseSnapshot): number =>
  answeringSeconds(renewalQuiz(course)) + answeringSeconds(course.final);

/** What may be read beyond what a course asks for: how many lessons, and their minutes. */
export function optionalReading({ modules }: CourseSnapshot): { lessons: number; minutes: number } {
  const lessons = modules.flatMap(module => module.lessons.filter(({ optional }) => optional));
  const seconds = lessons.reduce((sum, lesson) => sum + readingSeconds(lesson), 0);
  return { lessons: lessons.length, minutes: inMinutes(seconds) };
}

/** Minutes of a whole course for its certificate: the counted ones, never more than was taught. */
export function countedMinutes(course: CourseSnapshot): number {
  const lessons = course.modules.flatMap(module => module.lessons.filter(({ optional }) => !optional));
  const quizzes = [...course.modules.map(ownQuiz), renewalQuiz(course), course.final];
  const seconds = [...lessons.map(lesson => lesson.seconds), ...quizzes.map(quizSeconds)];
  return inMinutes(seconds.reduce((sum, each) => sum + each, 0));
}

/** Whole minutes, rounded up. */
export const inMinutes = (seconds: number): number => Math.ceil(seconds / 60);

const addSeconds = (sum: number, module: SnapshotModule): number =>
  module.lessons
    .filter(({ optional }) => !optional)
    .reduce((all, lesson) => all + readingSeconds(lesson), sum + answeringSeconds(ownQuiz(module)));
