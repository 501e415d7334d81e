import { countWords, plainText } from './lesson-body.js';
import { mainPath } from './scenario-graph.js';
import type { Content, Course, CourseModule, Lesson } from './types.js';

/** The product's measure of time: counted, never anybody's own estimate. */
const wordsPerMinute = 200;
const minutesPerItem = 45 / 60;
const minutesPerStep = 75 / 60;

/** Minutes for one lesson: its text, and its checks at the price of a choice item. */
export function lessonMinutes(lesson: Pick<Lesson, 'body' | 'checks'>): number {
  return countWords(plainText(lesson.body)) / wordsPerMinute + lesson.checks.length * minutesPerItem;
}

export type CourseMinutes = { lessons: number; quizzes: number; final: number; total: number };

/**
 * Minutes for one course: required lessons, one attempt at each quiz, and the final with its case by the main path.
 * A module's own case is practice that may be skipped, so it is not counted: a floor in law must hold without it.
 */
export function courseMinutes(content: Content, course: Course): CourseMinutes {
  const lessons = sum(course.modules.flatMap(entry => requiredLessons(content, entry)).map(lessonMinutes));
  const quizzes = sum(course.modules.map(({ quiz }) => quiz.draw)) * minutesPerItem;
  const final = finalMinutes(content, course);
  return { lessons, quizzes, final, total: lessons + quizzes + final };
}

function requiredLessons(content: Content, entry: CourseModule): Lesson[] {
  const module = content.modules.find(({ slug }) => slug === entry.module);
  return module?.lessons.filter(({ name }) => entry.lessons.includes(name)) ?? [];
}

function finalMinutes(content: Content, { final }: Course): number {
  if (!final) return 0;
  const scenario = content.final?.scenarios.find(({ id }) => id === final.scenario);
  return final.draw * minutesPerItem + (scenario ? mainPath(scenario).length * minutesPerStep : 0);
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
