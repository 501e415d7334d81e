import type { PublishedCourse } from '../courses/catalogue.js';
import { inMinutes, moduleMinutes, practiceMinutes, quizSeconds, readingSeconds } from '../courses/cards.js';
import type { CourseSnapshot, SnapshotModule } from '../courses/content/snapshot.js';
import type { Translate } from '../i18n/i18n.js';
import type { Wait } from '../i18n/waits.js';
import {
  FINAL,
  isDone,
  isModuleBegun,
  isModuleDone,
  lessonKey,
  lessonsInOrder,
  mayTake,
  nextStep,
  nextStepIn,
  requiredLessons,
  secondsLeft,
  stepSeconds,
  steps,
  type Progress,
  type CourseStep,
  type Tried,
} from './completion.js';

/** A certificate that is not there yet, for its holder; the reference is what they give who ask about it. */
export const pendingValues = (cycleId: string, isDelayed: boolean) => ({
  state: isDelayed ? 'delayed' : 'soon',
  reference: referenceOf(cycleId),
});

/** What people and administrators call a cycle: short enough to be read out. */
export const referenceOf = (cycleId: string): string => cycleId.slice(0, 8);

/** A stop on the route, as `components/task-row` shows it. */
interface Row {
  readonly title: string;
  readonly href: string | null;
  readonly detail: string;
  /** That the detail speaks of. */
  readonly wait?: Wait | null;
  readonly state: 'done' | 'now' | 'open' | 'not-yet' | 'goal';
  readonly statusText: string;
  readonly begun?: boolean;
}

/** Addresses below one cycle of learning. */
export const addresses = (cycleId: string) => ({
  course: `/learning/${cycleId}`,
  name: `/learning/${cycleId}/name`,
  module: (slug: string) => `/learning/${cycleId}/modules/${slug}`,
  lesson: (slug: string, name: string) => `/learning/${cycleId}/modules/${slug}/lessons/${name}`,
  case: (slug: string) => `/learning/${cycleId}/modules/${slug}/case`,
  quiz: (name: string) => `/learning/${cycleId}/quizzes/${name}`,
});

/** How far a learner is, in steps. */
export function overview({ snapshot }: PublishedCourse, progress: Progress) {
  const all = steps(snapshot);
  const done = all.filter(step => isDone(step, progress)).length;
  return { done, total: all.length, minutesLeft: inMinutes(secondsLeft(snapshot, progress)) };
}

/** The next thing to do, with its address; null when nothing is left. */
export function nextUp(cycleId: string, { snapshot }: PublishedCourse, progress: Progress, t: Translate) {
  const step = nextStep(snapshot, progress);
  if (!step) return null;
  const title = step.module?.title ?? t('course.final');
  const detail = `${stepName(step, t)} · ${minutesOf(step, snapshot, t)}`;
  return { title, detail, ...wayTo(cycleId, step, progress, t) };
}

/** What can be done for a step now. A quiz that was tried says how it stands, and leads where there is something to do. */
function wayTo(cycleId: string, step: CourseStep, progress: Progress, t: Translate) {
  const tried = triedAt(step, progress);
  if (!tried)
    return { href: stepHref(cycleId, step), state: step.kind, note: null, wait: null, action: null };
  return { href: tried.href, state: tried.kind, ...noteOn(tried, t), action: actionAt(tried, t) };
}

/** Where something can be done for a step now. */
export const hrefNow = (cycleId: string, step: CourseStep, progress: Pick<Progress, 'tried'>): string =>
  triedAt(step, progress)?.href ?? stepHref(cycleId, step);

const triedAt = (step: CourseStep, { tried }: Pick<Progress, 'tried'>): Tried | undefined =>
  step.kind === 'quiz' ? tried?.get(step.quiz) : undefined;

/** How a quiz that was tried stands, in a sentence. */
function noteOn({ kind, rules, wait }: Tried, t: Translate) {
  if (kind === 'open') return { note: t('quiz.resumeText'), wait: null };
  if (kind === 'rules') return { note: t('course.tried.rules', { count: rules }), wait: null };
  return { note: t(`course.tried.${kind}`, { wait: wait?.words ?? '' }), wait };
}

/** What the button says, where it leads to something else than the step itself. */
function actionAt({ kind, rules }: Tried, t: Translate): string | null {
  if (kind === 'rules') return t('remediation.begin', { count: rules });
  return kind === 'wait' || kind === 'spent' ? t('course.reread') : null;
}

/**
 * The next thing to do in a module, and whether it is the first; once the module is done, what is next in the course
 * (`isElsewhere`).
 */
export function nextUpIn(
  cycleId: string,
  course: PublishedCourse,
  { slug }: SnapshotModule,
  progress: Progress,
  t: Translate,
) {
  const { snapshot } = course;
  const step = nextStepIn(snapshot, slug, progress);
  const isFirst = step !== null && !isModuleBegun(snapshot, slug, progress);
  const next = step
    ? { title: stepName(step, t), detail: minutesOf(step, snapshot, t), ...wayTo(cycleId, step, progress, t) }
    : nextUp(cycleId, course, progress, t);
  return next && { ...next, isFirst, isElsewhere: step === null };
}

const minutesOf = (step: CourseStep, snapshot: CourseSnapshot, t: Translate): string =>
  t('components.minutes', { count: inMinutes(stepSeconds(step, snapshot)) });

/** Where a step is done. */
export function stepHref(cycleId: string, step: CourseStep): string {
  const to = addresses(cycleId);
  return step.kind === 'lesson' ? to.lesson(step.module.slug, step.lesson.name) : to.quiz(step.quiz);
}

/** Where the way goes on, and what a button to it says; the page of the course once nothing is left. */
export function onward(cycleId: string, { snapshot }: PublishedCourse, progress: Progress, t: Translate) {
  const step = nextStep(snapshot, progress);
  if (!step) return { href: addresses(cycleId).course, title: snapshot.title };
  const { href, action } = wayTo(cycleId, step, progress, t);
  return { href, title: action ?? stepName(step, t) };
}

/** What a step is called on a button. */
const stepName = (step: CourseStep, t: Translate): string =>
  step.kind === 'lesson' ? step.lesson.title : step.quiz === FINAL ? t('course.final') : t('course.quiz');

/** The modules of a course by group, and the final, as a task list. */
export function groupsOf(cycleId: string, { snapshot }: PublishedCourse, progress: Progress, t: Translate) {
  const now = nextStep(snapshot, progress);
  const row = (module: SnapshotModule): Row => {
    const done = isModuleDone(snapshot, module.slug, progress);
    const state = done ? 'done' : module.slug === now?.module?.slug ? 'now' : 'open';
    const isBegun = isModuleBegun(snapshot, module.slug, progress);
    return {
      title: module.title,
      href: addresses(cycleId).module(module.slug),
      detail: moduleDetail(snapshot, module, progress, t),
      state,
      statusText: t(`course.status.${done ? 'done' : isBegun ? 'now' : 'open'}`),
      begun: isBegun,
    };
  };
  const group = (name: 'core' | 'track') => ({
    title: t(`course.group.${name}`),
    rows: snapshot.modules.filter(module => module.group === name).map(row),
  });
  const track = group('track');
  const final = snapshot.final ? [finalRow(cycleId, snapshot, progress, t)] : [];
  const last = { ...track, rows: [...track.rows, ...final] };
  return [group('core'), last].filter(({ rows }) => rows.length > 0);
}

/** The lessons of a module, its case and its quiz, as a task list. */
export function moduleRows(
  cycleId: string,
  course: PublishedCourse,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
) {
  const now = nextStepIn(course.snapshot, module.slug, progress);
  const lessons = lessonsInOrder(module).map((lesson): Row => {
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
  return { lessons, practice, quiz: quizRow(cycleId, course, module, progress, t) };
}

/** The case of a module: open at any time, and never done, since nothing of it is stored. */
function practiceRow(cycleId: string, module: SnapshotModule, t: Translate): Row {
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
): Row {
  const passed = progress.passed.has(module.slug);
  const open = mayTake(snapshot, module.slug, progress);
  const isNow = nextStepIn(snapshot, module.slug, progress)?.kind === 'quiz';
  const state = passed ? 'done' : isNow ? 'now' : open ? 'open' : 'not-yet';
  return {
    title: t('course.quiz'),
    href: open ? addresses(cycleId).quiz(module.slug) : null,
    detail: t('course.questions', { count: module.quiz.draw }),
    state,
    statusText: passed ? t('course.status.done') : open ? '' : t('course.afterLessons'),
    ...(open && !passed ? triedRow(progress.tried?.get(module.slug), t) : {}),
  };
}

/** What the row of a quiz says once it was tried. */
function triedRow(tried: Tried | undefined, t: Translate): Partial<Row> {
  if (!tried) return {};
  const statusText = t(`course.status.${STATUS[tried.kind]}`);
  if (tried.kind !== 'wait' || !tried.wait) return { statusText, begun: true };
  const detail = t('limits.waitText', { wait: tried.wait.words });
  return { statusText, begun: true, detail, wait: tried.wait };
}

const STATUS = { open: 'now', again: 'failed', rules: 'failed', wait: 'failed', spent: 'spent' } as const;

function finalRow(
  cycleId: string,
  snapshot: PublishedCourse['snapshot'],
  progress: Progress,
  t: Translate,
): Row {
  const passed = progress.passed.has(FINAL);
  const open = mayTake(snapshot, FINAL, progress);
  const state = passed ? 'done' : open ? 'now' : 'not-yet';
  return {
    title: t('course.final'),
    href: open ? addresses(cycleId).quiz(FINAL) : null,
    detail: `${questionsOf(snapshot, t)} · ${t('components.minutes', { count: inMinutes(quizSeconds(snapshot.final)) })}`,
    state,
    statusText: passed
      ? t('course.status.done')
      : open
        ? t('course.status.open')
        : t('course.status.not-yet'),
    ...(open && !passed ? triedRow(progress.tried?.get(FINAL), t) : {}),
  };
}

/** "10 questions and a case". */
const questionsOf = ({ final }: PublishedCourse['snapshot'], t: Translate): string =>
  t(final?.scenario ? 'course.questionsAndCase' : 'course.questions', { count: final?.draw ?? 0 });

function moduleDetail(
  course: CourseSnapshot,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
): string {
  const minutes = t('components.minutes', { count: moduleMinutes(course, module) });
  const { kind } = progress.tried?.get(module.slug) ?? { kind: 'open' };
  const state = isModuleDone(course, module.slug, progress)
    ? 'quizPassed'
    : kind === 'open'
      ? null
      : 'quizFailed';
  return `${minutes} · ${state ? t(`course.${state}`) : t('course.questions', { count: module.quiz.draw })}`;
}

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
  const own = lessonsInOrder(module).map((lesson, index) => {
    const row = lessons[index];
    const state = lesson.name === current ? 'now' : row?.state === 'done' ? 'done' : 'open';
    return { title: lesson.title, href: row?.href ?? null, state, optional: lesson.optional };
  });
  const goal = {
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
