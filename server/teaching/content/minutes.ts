import type { BankShare } from './bounds.js';
import { drawableItems, everDrawn, finalBanks, finalCases, renewalBanks, sharesOf } from './drawable.js';
import { exhibitOf, exhibitText } from '../exhibits/exhibit-parts.js';
import type { Exhibit } from '../exhibits/exhibit-shape.js';
import { bodyReferences, EXERCISES, lessonText } from './load/lesson-body.js';
import { countWords } from '../../platform/lib/text/words.js';
import { questionTypes } from '../questions/question-types.js';
import { SECONDS } from '../questions/seconds.js';
import { mainPath } from '../questions/types/scenario/scenario-graph.js';
import { caseSeconds } from '../questions/types/scenario/scenario.js';
import type { Content, Course, CourseModule, Lesson } from './schema/types.js';
import type { Item } from '../questions/item.js';
import type { Scenario } from '../questions/types/scenario/scenario-shape.js';

/**
 * The product's measures of time: counted, never estimated by an author. Budgets, legal minimums and certificates count the
 * teaching text at 200 words a minute. Learners are told a longer time (`readingMinutes`).
 */
const wordsPerMinute = 200;
/**
 * The slow end of the range in which most adults read English non-fiction, 175 to 300 words a minute (M. Brysbaert, How
 * many words do we read per minute?, Journal of Memory and Language 109, 2019, doi:10.1016/j.jml.2019.104047). The mean is
 * 238; readers in a second language, as many learners are, are slower.
 */
const wordsReadPerMinute = 175;
/**
 * Words that a learner's pages show besides what their author wrote: headings, care, where the learner stands, the first step of
 * a module's case; and of a quiz the page before it, the last look and the result. Counted on the pages of a whole course.
 */
const pageWords = { lesson: 200, quiz: 160 };
/** Seconds of deciding where one short line belongs. */
const secondsPerThing = 4;
/** How many of the things to do in a lesson count as minutes. */
const countedDoings = 2;

/** What the time of a quiz depends on: how many questions it draws, of which banks, and the cases, one of which ends it. */
export type TimedQuiz = {
  draw: number;
  items: readonly Item[];
  from?: readonly BankShare[] | undefined;
  scenarios?: readonly Scenario[];
};

/**
 * Minutes of a quiz, each question as its type plans it. Which of them a form will hold is chance, so each counts as the
 * mean of the items that may be drawn from its bank, and so does the case.
 */
export function quizMinutes({ draw, items, from = [], scenarios = [] }: TimedQuiz): number {
  const shared = new Map(from.flatMap(share => share.items.map(id => [id, share])));
  const banks = [...from, { count: draw - sum(from.map(({ count }) => count)) }];
  const seconds = banks.map((bank, at) =>
    formSeconds(
      items.filter(({ id }) => shared.get(id) === from[at]),
      bank.count,
    ),
  );
  return sum(seconds) / 60 + (scenarios.length === 0 ? 0 : mean(scenarios.map(caseMinutes)));
}

/** Seconds of so many of these items. */
const formSeconds = (items: readonly Item[], count: number): number =>
  count * (items.length === 0 ? SECONDS.choice : mean(items.map(itemSeconds)));

/** Seconds of a question as its type plans it, and of reading what is shown with it. */
export const itemSeconds = (item: Item): number =>
  questionTypes.of(item).seconds(item) + exhibitSeconds(exhibitOf(item));

/** Minutes of a case by its main path, with what is shown on it. */
export function caseMinutes(scenario: Scenario): number {
  const path = mainPath(scenario);
  const onPath = scenario.nodes.filter(({ id }) => path.includes(id));
  return (caseSeconds(scenario) + sum(onPath.map(node => exhibitSeconds(exhibitOf(node))))) / 60;
}

/** Seconds that a slow reader needs for an exhibit. */
const exhibitSeconds = (exhibit: Exhibit | null): number =>
  exhibit ? (countWords(exhibitText(exhibit)) / wordsReadPerMinute) * 60 : 0;

/**
 * Counted minutes of one lesson: its teaching text with its exhibits, and what it asks its reader to do. Of that the two
 * longest count: practice is as good as its first half, and minutes cannot be gathered with more of it.
 */
export function lessonMinutes(lesson: Pick<Lesson, Doing | 'exhibits'>): number {
  const longest = doings(lesson).toSorted((a, b) => b - a);
  return countWords(teachingText(lesson)) / wordsPerMinute + sum(longest.slice(0, countedDoings)) / 60;
}

/** Minutes that a learner needs for one lesson: all that its page says, and all that it asks for. */
export function readingMinutes(
  lesson: Pick<Lesson, 'lead' | 'summary' | 'tomorrow' | 'exhibits' | Doing>,
): number {
  const text = [lesson.lead, teachingText(lesson), ...lesson.summary, lesson.tomorrow].join('\n');
  return (countWords(text) + pageWords.lesson) / wordsReadPerMinute + sum(doings(lesson)) / 60;
}

/** Minutes that a learner needs for a quiz: its questions and its case, and the pages before and after them. */
export const answeringMinutes = (quiz: TimedQuiz): number =>
  quizMinutes(quiz) + pageWords.quiz / wordsReadPerMinute;

type Doing = 'body' | 'checks' | 'decisions' | 'sorts';

/** Seconds of each thing that a lesson asks its reader to do. A check is a choice, and so is a decision: its story is as long as a stem. */
const doings = ({ body, checks, decisions = [], sorts = [] }: Pick<Lesson, Doing>): number[] => [
  ...[...checks, ...decisions].map(() => SECONDS.choice),
  ...sorts.map(sortSeconds),
  ...bodyReferences(body).exercises.map(({ name }) => EXERCISES[name] ?? 0),
];

/** Seconds of reading what is to be sorted, and of deciding about each thing. */
function sortSeconds({ stem, groups, things }: NonNullable<Lesson['sorts']>[number]): number {
  const words = countWords([stem, ...groups, ...things.map(({ text }) => text)].join('\n'));
  return (words / wordsReadPerMinute) * 60 + things.length * secondsPerThing;
}

const teachingText = ({ body, exhibits = [] }: Pick<Lesson, 'body' | 'exhibits'>): string =>
  [lessonText(body), ...exhibits.map(exhibitText)].join('\n');

export type MinuteBreakdown = { lessons: number; quizzes: number; final: number; total: number };

/**
 * Counted minutes of one course: required lessons, one attempt at each quiz, and the final with its case along the main path.
 * A module's own case is optional practice and not counted: the course must reach a legal minimum without it.
 */
export function minuteBreakdown(content: Content, course: Course): MinuteBreakdown {
  const lessons = lessonsMinutes(content, course.modules);
  const quizzes = sum(
    course.modules.map(({ module, depth, quiz }) => {
      if (!quiz) return 0;
      const items = content.modules.find(({ slug }) => slug === module)?.items ?? [];
      const drawable = drawableItems(items, depth, course.jobs);
      return quizMinutes({ draw: quiz.draw, items: everDrawn(drawable, quiz) });
    }),
  );
  const final = finalMinutes(content, course);
  return { lessons, quizzes, final, total: lessons + quizzes + final };
}

/** Counted minutes of the shorter path of those who renew, with the final; null where the course has none. */
export function renewalMinutes(content: Content, course: Course): MinuteBreakdown | null {
  const { renewal } = course;
  if (!renewal) return null;
  const lessons = lessonsMinutes(content, renewal.modules);
  const banks = renewalBanks(course, content.modules);
  const items = everDrawn(
    banks.flatMap(bank => bank.items),
    renewal.quiz,
  );
  const quizzes = quizMinutes({ draw: renewal.quiz.draw, items, from: sharesOf(banks) });
  const final = finalMinutes(content, course);
  return { lessons, quizzes, final, total: lessons + quizzes + final };
}

type Part = Pick<CourseModule, 'module' | 'lessons'> & Partial<Pick<CourseModule, 'instead'>>;

/** Counted minutes of the lessons that are named, of these modules. */
const lessonsMinutes = (content: Content, parts: readonly Part[]): number =>
  sum(parts.map(part => partMinutes(content, part)));

/** A budget holds for everybody: where some jobs read another lesson instead of one, the longer of the two counts. */
function partMinutes(content: Content, { module, lessons, instead }: Part): number {
  const own = content.modules.find(({ slug }) => slug === module)?.lessons ?? [];
  const minutes = new Map(own.map(lesson => [lesson.name, lessonMinutes(lesson)]));
  const longest = (name: string): number =>
    Math.max(minutes.get(name) ?? 0, name === instead?.lesson ? (minutes.get(instead.read) ?? 0) : 0);
  return sum(lessons.map(longest));
}

/** Counted minutes of a course's final with its case; 0 where it has none. */
export function finalMinutes(content: Content, course: Course): number {
  const { final } = course;
  if (!final) return 0;
  const banks = finalBanks(course, content.modules, content.final?.items ?? []);
  const items = everDrawn(
    banks.flatMap(bank => bank.items),
    final,
  );
  const scenarios = finalCases(final, content.final);
  return quizMinutes({ draw: final.draw, items, from: sharesOf(banks), scenarios });
}

const mean = (values: number[]): number => sum(values) / values.length;

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
