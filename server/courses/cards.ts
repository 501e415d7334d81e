import type { PublishedCourse } from './catalogue.js';
import { caseMinutes, quizMinutes, readingMinutes, type TimedQuiz } from './content/minutes.js';
import {
  ownQuiz,
  renewalQuiz,
  type CourseSnapshot,
  type SnapshotLesson,
  type SnapshotModule,
} from './content/snapshot.js';

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

/** Seconds of a quiz, counted as `content check` counts; 0 where there is none. */
export function quizSeconds(quiz: TimedQuiz | null): number {
  if (quiz === null) return 0;
  const seconds = secondsOf.get(quiz) ?? Math.round(quizMinutes(quiz) * 60);
  secondsOf.set(quiz, seconds);
  return seconds;
}

/** Seconds that a learner needs for a lesson. */
export function readingSeconds(lesson: SnapshotLesson): number {
  const seconds = secondsOf.get(lesson) ?? Math.round(readingMinutes(lesson) * 60);
  secondsOf.set(lesson, seconds);
  return seconds;
}

/** A cache: counting reads every word, and published content never changes. */
const secondsOf = new WeakMap<TimedQuiz | SnapshotLesson, number>();

/** Minutes of a module's own case, which is practice and not counted elsewhere. */
export function practiceMinutes({ scenario }: SnapshotModule): number {
  const minutes = minutesOf.get(scenario) ?? Math.ceil(caseMinutes(scenario));
  minutesOf.set(scenario, minutes);
  return minutes;
}

/** A cache, as above. Every page of a lesson and of a module says how long its case takes. */
const minutesOf = new WeakMap<SnapshotModule['scenario'], number>();

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
  quizSeconds(renewalQuiz(course)) + quizSeconds(course.final);

/** What may be read beyond what a course asks for: how many lessons, and their minutes. */
export function optionalReading({ modules }: CourseSnapshot): { lessons: number; minutes: number } {
  const lessons = modules.flatMap(module => module.lessons.filter(({ optional }) => optional));
  const seconds = lessons.reduce((sum, lesson) => sum + readingSeconds(lesson), 0);
  return { lessons: lessons.length, minutes: inMinutes(seconds) };
}

/** Minutes of a whole course for its certificate: the counted ones, never more than was taught. */
export const countedMinutes = (course: CourseSnapshot): number =>
  inMinutes(
    course.modules
      .flatMap(({ lessons }) => lessons.filter(({ optional }) => !optional))
      .reduce(
        (sum, { seconds }) => sum + seconds,
        course.modules.reduce((sum, module) => sum + quizSeconds(ownQuiz(module)), closingSeconds(course)),
      ),
  );

/** Whole minutes, rounded up. */
export const inMinutes = (seconds: number): number => Math.ceil(seconds / 60);

const addSeconds = (sum: number, module: SnapshotModule): number =>
  module.lessons
    .filter(({ optional }) => !optional)
    .reduce((all, lesson) => all + readingSeconds(lesson), sum + quizSeconds(ownQuiz(module)));
