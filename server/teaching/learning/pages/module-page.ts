import type { ViewValues } from '../../../../dist/views/values.js';
import type { PublishedCourse } from '../../courses/catalogue.js';
import { inMinutes, practiceMinutes, readingSeconds } from '../../courses/cards.js';
import { titleForLearners, type SnapshotModule } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import {
  isDone,
  lessonKey,
  lessonsInOrder,
  mayTake,
  nextStepIn,
  requiredLessons,
  type Progress,
} from '../completion.js';
import { addresses } from '../cycle-addresses.js';
import { nextUpIn, quizTitle } from '../next-up.js';
import { practiceText, triedRow, type TaskRow } from './task-row.js';

/** What the page of a module is made from. A copy kept on a device offers nothing that needs a connection. */
interface ModuleInputs {
  readonly cycleId: string;
  readonly course: PublishedCourse;
  readonly module: SnapshotModule;
  readonly progress: Progress;
  readonly isCopy: boolean;
}

/** The values of the page of a module. */
export function modulePage({ cycleId, course, module, progress, isCopy }: ModuleInputs, t: Translate) {
  const { lessons, practice, quiz } = moduleRows(cycleId, course, module, progress, t);
  const reachable = (row: TaskRow): TaskRow =>
    isCopy ? { ...row, href: null, detail: t('keep.needsLine') } : row;
  return {
    module: {
      slug: module.slug,
      title: titleForLearners(module),
      summary: module.summary,
      notice: module.notice ?? '',
    },
    next: isCopy ? null : nextUpIn(cycleId, course, module, progress, t),
    lessons,
    practice: reachable(practice),
    quiz: quiz && reachable(quiz),
    objectives: objectivesOf(module),
    care: module.care ?? null,
    careHref: addresses(cycleId).care,
    isFirstHard: course.snapshot.modules.find(isHard) === module,
    courseHref: addresses(cycleId).course,
    courseTitle: course.snapshot.title,
    reviews: module.reviews.map(({ role, status }) => ({ role, status })),
  };
}

const isHard = ({ notice, care }: SnapshotModule): boolean => Boolean(notice ?? care);

/** What a learner will be able to do after a module, or after the part of it with these ids. */
export const objectivesOf = ({ objectives }: SnapshotModule, ids?: readonly string[]): string[] =>
  objectives.filter(({ id }) => !ids || ids.includes(id)).map(({ text }) => text);

/** The lessons of a module, its case and its quiz, as a task list. */
export function moduleRows(
  cycleId: string,
  course: PublishedCourse,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
) {
  const now = nextStepIn(course.snapshot, module.slug, progress);
  const lessons = lessonsInOrder(module).map((lesson): TaskRow => {
    const done = progress.finished.has(lessonKey(module.slug, lesson.name));
    const isNow = now?.kind === 'lesson' && now.lesson.name === lesson.name;
    const state = done ? 'done' : isNow ? 'now' : 'open';
    const minutes = t('components.minutes', { count: inMinutes(readingSeconds(lesson)) });
    return {
      title: lesson.title,
      href: addresses(cycleId).lesson(module.slug, lesson.name),
      detail: lesson.optional ? `${minutes} · ${t('module.optional')}` : minutes,
      state,
      statusText: done ? t('course.status.done') : '',
    };
  });
  const practice = practiceRow(cycleId, module, t);
  const quiz = module.isUnasked ? null : quizRow(cycleId, course, module, progress, t);
  return { lessons, practice, quiz };
}

/** The case of a module: open at any time, and never done, since nothing of it is stored. */
function practiceRow(cycleId: string, module: SnapshotModule, t: Translate): TaskRow {
  const minutes = t('components.minutes', { count: practiceMinutes(module) });
  return {
    title: t('case.practise'),
    href: addresses(cycleId).case(module.slug),
    detail: `${minutes} · ${t('module.optional')}`,
    state: 'open',
    statusText: '',
  };
}

function quizRow(
  cycleId: string,
  { snapshot }: PublishedCourse,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
): TaskRow {
  const step = { kind: 'quiz', quiz: module.slug, module } as const;
  const done = isDone(step, progress);
  const practised = module.quiz.practice ? practiceText(progress, module.slug, t) : null;
  const open = mayTake(snapshot, module.slug, progress);
  const isNow = nextStepIn(snapshot, module.slug, progress)?.kind === 'quiz';
  const state = done ? 'done' : isNow ? 'now' : open ? 'open' : 'not-yet';
  return {
    title: quizTitle(module, t),
    href: open ? addresses(cycleId).quiz(module.slug) : null,
    detail: practised ?? t('course.questions', { count: module.quiz.draw }),
    state,
    statusText: done ? t('course.status.done') : open ? '' : t('course.afterLessons'),
    ...(open && !done ? triedRow(progress.tried?.get(module.slug), t) : {}),
  };
}

type ContentsEntry = ViewValues['teaching/learning/lesson']['contents'][number];

/** Where a reader stands among the lessons of a module, for the contents beside the text. */
export function contentsOf(
  cycleId: string,
  course: PublishedCourse,
  module: SnapshotModule,
  progress: Progress,
  current: string,
  t: Translate,
) {
  const { lessons, quiz } = moduleRows(cycleId, course, module, progress, t);
  const own: ContentsEntry[] = lessonsInOrder(module).map((lesson, index) => {
    const row = lessons[index];
    const state = lesson.name === current ? 'now' : row?.state === 'done' ? 'done' : 'open';
    return { title: lesson.title, href: row?.href ?? null, state, optional: lesson.optional };
  });
  if (!quiz) return own;
  const goal: ContentsEntry = {
    title: `${quiz.title} · ${quiz.detail}`,
    href: quiz.href,
    state: quiz.state === 'done' ? 'reached' : 'goal',
    optional: false,
  };
  return [...own, goal];
}

/** The lessons that count, with their place: "Lesson 2 of 3". */
export function placeOf(module: SnapshotModule, name: string): { position: number; total: number } {
  const shown = module.lessons.some(lesson => lesson.name === name && lesson.optional)
    ? lessonsInOrder(module)
    : requiredLessons(module);
  return { position: shown.findIndex(lesson => lesson.name === name) + 1, total: shown.length };
}
