import { answeringSeconds, readingSeconds } from '../courses/cards.js';
import {
  ownQuiz,
  renewalQuiz,
  type CourseSnapshot,
  type SnapshotLesson,
  type SnapshotModule,
} from '../content/snapshot.js';
import type { Wait } from '../../platform/i18n/waits.js';

/** What a person has done in a cycle: finished lessons as `module/lesson`, quizzes passed, and practice quizzes taken. */
export interface Progress {
  readonly finished: ReadonlySet<string>;
  readonly passed: ReadonlySet<string>;
  readonly practised: ReadonlySet<string>;
  /** Quizzes that were tried and are not passed yet. Pages that lead to none leave them out. */
  readonly tried?: ReadonlyMap<string, Tried>;
}

/**
 * Where a learner stands at a quiz that was tried and is not passed:
 * - `open`: an attempt is under way.
 * - `again`: another one may start.
 * - `rules`: missed safety rules are worked through first.
 * - `wait`: the next one may start later.
 * - `spent`: no tries are left.
 * - `practised`: it is practice, and was taken: the way goes on.
 * - `practised-rules`: a final; safety rules that were missed in practice are worked through before the first attempt.
 */
export interface Tried {
  readonly kind: 'open' | 'again' | 'rules' | 'wait' | 'spent' | 'practised' | 'practised-rules';
  /** Where something can be done now: the quiz, the missed rules, or the last result, which says what to read again. */
  readonly href: string;
  /** How many safety rules are to be worked through. */
  readonly rules: number;
  /** What came of the last attempt at a practice quiz; null where there is none. */
  readonly practice: { readonly right: number; readonly count: number } | null;
  /** Until the next attempt may start; null where there is nothing to wait for. */
  readonly wait: Wait | null;
}

/** The name of the final assessment where quizzes are named; modules' quizzes are named by the module. */
export const FINAL = 'final';

/** The name of the quiz over all modules, on the shorter path of those who renew. */
export const RENEWAL = 'renewal';

/** One thing to do, in the order of the course. */
export type CourseStep =
  | { readonly kind: 'lesson'; readonly module: SnapshotModule; readonly lesson: SnapshotLesson }
  | { readonly kind: 'quiz'; readonly quiz: string; readonly module: SnapshotModule | null };

/** How a finished lesson is written down. */
export const lessonKey = (moduleSlug: string, lessonName: string): string => `${moduleSlug}/${lessonName}`;

/** The lessons of a module that count. */
export const requiredLessons = (module: SnapshotModule): SnapshotLesson[] =>
  module.lessons.filter(lesson => !lesson.optional);

/** All lessons of a module as they are shown: those that count first, so that their numbers are their places. */
export const lessonsInOrder = (module: SnapshotModule): SnapshotLesson[] => [
  ...requiredLessons(module),
  ...module.lessons.filter(lesson => lesson.optional),
];

/**
 * Everything that a course asks for, in order: each module's lessons, then its quiz, and the final last. By the shorter path, one
 * quiz follows the lessons of all modules.
 */
export function steps(course: CourseSnapshot): readonly CourseStep[] {
  const known = stepsOf.get(course) ?? listSteps(course);
  stepsOf.set(course, known);
  return known;
}

/** A snapshot never changes, so its steps are listed once. */
const stepsOf = new WeakMap<CourseSnapshot, readonly CourseStep[]>();

function listSteps(course: CourseSnapshot): CourseStep[] {
  const modules = course.modules.flatMap((module): CourseStep[] => [
    ...requiredLessons(module).map(lesson => ({ kind: 'lesson' as const, module, lesson })),
    ...(ownQuiz(module) ? [{ kind: 'quiz' as const, quiz: module.slug, module }] : []),
  ]);
  const closing = [...(renewalQuiz(course) ? [RENEWAL] : []), ...(course.final ? [FINAL] : [])];
  return [...modules, ...closing.map(quiz => ({ kind: 'quiz' as const, quiz, module: null }))];
}

/** Is a module's quiz practice, which holds nobody back by its result? */
export const isPractice = (course: CourseSnapshot, quiz: string): boolean =>
  course.modules.some(module => module.slug === quiz && module.quiz.practice);

/** Whether a step is behind the learner: a lesson read, a quiz passed, a practice quiz taken. */
export const isDone = (step: CourseStep, { finished, passed, practised }: Progress): boolean =>
  step.kind === 'lesson'
    ? isRead(step.module, step.lesson.name, finished)
    : passed.has(step.quiz) || (step.module?.quiz.practice === true && practised.has(step.quiz));

/** Whether a lesson was read, or the one that people with another job read instead: either counts for everybody. */
const isRead = ({ slug, instead }: SnapshotModule, name: string, finished: ReadonlySet<string>): boolean => {
  const pair = instead ? [instead.lesson, instead.read] : [];
  const either = pair.includes(name) ? pair : [name];
  return either.some(each => finished.has(lessonKey(slug, each)));
};

/** The first step not done yet, or null. */
export const nextStep = (course: CourseSnapshot, progress: Progress): CourseStep | null =>
  steps(course).find(step => !isDone(step, progress)) ?? null;

/** The first step of a module that is not done yet, or null. */
export const nextStepIn = (
  course: CourseSnapshot,
  moduleSlug: string,
  progress: Progress,
): CourseStep | null =>
  steps(course).find(step => step.module?.slug === moduleSlug && !isDone(step, progress)) ?? null;

/** Whether anything of a module is done. */
export const isModuleBegun = (course: CourseSnapshot, moduleSlug: string, progress: Progress): boolean =>
  steps(course).some(step => step.module?.slug === moduleSlug && isDone(step, progress));

/**
 * A course is complete when every quiz is passed, and each that is practice was taken. Lessons stand before quizzes (`mayTake`),
 * so their being done follows; a lesson that counts is never what holds back a certificate after the last quiz.
 */
export const isComplete = (course: CourseSnapshot, progress: Progress): boolean =>
  steps(course).every(step => step.kind === 'lesson' || isDone(step, progress));

/** Whether passing this quiz, which is not passed yet, would complete the course: a course with practice ends with a final. */
export const wouldComplete = (course: CourseSnapshot, quiz: string, progress: Progress): boolean =>
  !progress.passed.has(quiz) &&
  isComplete(course, { ...progress, passed: new Set([...progress.passed, quiz]) });

/** Does a course, as it is taken, ask this quiz? */
export const asks = (course: CourseSnapshot, quiz: string): boolean =>
  steps(course).some(step => step.kind === 'quiz' && step.quiz === quiz);

/** Whether a quiz may be started: the lessons that it asks about are finished; the final comes after all else. */
export function mayTake(course: CourseSnapshot, quiz: string, progress: Progress): boolean {
  return steps(course)
    .filter(step => standsBefore(step, quiz))
    .every(step => isDone(step, progress));
}

function standsBefore(step: CourseStep, quiz: string): boolean {
  if (quiz === FINAL) return step.kind === 'lesson' || step.quiz !== FINAL;
  return step.kind === 'lesson' && (quiz === RENEWAL || step.module.slug === quiz);
}

/** Whether every step of a module is done. */
export const isModuleDone = (course: CourseSnapshot, moduleSlug: string, progress: Progress): boolean =>
  steps(course)
    .filter(step => step.module?.slug === moduleSlug)
    .every(step => isDone(step, progress));

/** Seconds that a step takes. */
export function stepSeconds(step: CourseStep, course: CourseSnapshot): number {
  if (step.kind === 'lesson') return readingSeconds(step.lesson);
  if (step.module) return answeringSeconds(step.module.quiz);
  return answeringSeconds(step.quiz === RENEWAL ? renewalQuiz(course) : course.final);
}

/** Seconds of all that is left. */
export const secondsLeft = (course: CourseSnapshot, progress: Progress): number =>
  steps(course)
    .filter(step => !isDone(step, progress))
    .reduce((sum, step) => sum + stepSeconds(step, course), 0);
