import type { PublishedCourse } from '../../courses/catalogue.js';
import { inMinutes, moduleMinutes, optionalReading, answeringSeconds } from '../../courses/cards.js';
import {
  renewalQuiz,
  titleForLearners,
  type CourseSnapshot,
  type SnapshotModule,
  type SnapshotQuiz,
} from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import {
  FINAL,
  RENEWAL,
  isComplete,
  isModuleBegun,
  isModuleDone,
  mayTake,
  nextStep,
  requiredLessons,
  type Progress,
} from '../completion.js';
import { addresses } from '../cycle-addresses.js';
import { closingTitle, nextUp, overview } from '../next-up.js';
import { practiceText, triedRow, type TaskRow } from './task-row.js';

/** What the pages of a course are made from. A copy kept on a device shows nobody's progress and offers no next step. */
interface CourseInputs {
  readonly cycleId: string;
  readonly course: PublishedCourse;
  readonly progress: Progress;
  readonly isCopy: boolean;
}

/** What the page of a course shows of the course itself, and of how far the learner is. */
export function coursePage({ cycleId, course, progress, isCopy }: CourseInputs, t: Translate) {
  return {
    course: { title: course.snapshot.title },
    progress: overview(course, progress),
    optional: optionalReading(course.snapshot),
    next: isCopy ? null : nextUp(cycleId, course, progress, t),
    groups: groupsOf(cycleId, course, progress, t),
    lines: WHOM_TO_TELL.map(when => ({
      label: t(`course.tell.${when}.when`),
      text: t(`course.tell.${when}.whom`),
    })),
    version: course.number,
  };
}

/**
 * The line of a course. `passed`: the quiz that was passed just now; its stop is lit, and with the last one the end of the
 * line.
 */
export function wayOf(inputs: Omit<CourseInputs, 'isCopy'>, t: Translate, passed?: string) {
  const { cycleId, course, progress } = inputs;
  const isShort = renewalQuiz(course.snapshot) !== null;
  const groups = groupsOf(cycleId, course, progress, t).filter(({ isGoal }) => isGoal || !isShort);
  const rows = groups.flatMap(group => group.rows);
  return {
    stops: rows.map(({ state }) => state),
    isReached: isComplete(course.snapshot, progress),
    lit: rows.findIndex(({ sign }) => sign !== undefined && sign === passed),
  };
}

const WHOM_TO_TELL = ['danger', 'work', 'fails'] as const;

/** The modules of a course by group, and what follows them, as a task list; `isGoal`: the certificate follows this group. */
export function groupsOf(cycleId: string, { snapshot }: PublishedCourse, progress: Progress, t: Translate) {
  const now = nextStep(snapshot, progress)?.module?.slug;
  const isShort = renewalQuiz(snapshot) !== null;
  const closing = closingRows(cycleId, snapshot, progress, t);
  const groups = (isShort ? SHORTER : WHOLE).map(({ name, has, isLast }) => {
    const modules = snapshot.modules
      .filter(has)
      .map(module => moduleRow({ cycleId, snapshot, module, progress, isNow: module.slug === now }, t));
    return { title: t(`course.group.${name}`), rows: isLast ? [...modules, ...closing] : modules };
  });
  const shown = groups.filter(({ rows }) => rows.length > 0);
  return shown.map((group, at) => ({ ...group, isGoal: at === (isShort ? 0 : shown.length - 1) }));
}

interface ModuleGroup {
  readonly name: 'core' | 'track' | 'renewal' | 'again';
  readonly has: (module: SnapshotModule) => boolean;
  /** What follows all modules stands at its end. */
  readonly isLast: boolean;
}

const WHOLE: readonly ModuleGroup[] = [
  { name: 'core', has: ({ group }) => group === 'core', isLast: false },
  { name: 'track', has: ({ group }) => group === 'track', isLast: true },
];

const isOfPath = (module: SnapshotModule): boolean => requiredLessons(module).length > 0;

/** By the shorter path: what it asks for, and what can be looked up again. */
const SHORTER: readonly ModuleGroup[] = [
  { name: 'renewal', has: isOfPath, isLast: true },
  { name: 'again', has: module => !isOfPath(module), isLast: false },
];

interface ModuleAt {
  readonly cycleId: string;
  readonly snapshot: CourseSnapshot;
  readonly module: SnapshotModule;
  readonly progress: Progress;
  readonly isNow: boolean;
}

function moduleRow({ cycleId, snapshot, module, progress, isNow }: ModuleAt, t: Translate): TaskRow {
  const place = {
    title: titleForLearners(module),
    sign: module.slug,
    href: addresses(cycleId).module(module.slug),
    detail: moduleDetail(snapshot, module, progress, t),
  };
  // Nothing of it counts: it can be looked up again.
  if (!isOfPath(module)) return { ...place, state: 'open', statusText: '' };
  const done = isModuleDone(snapshot, module.slug, progress);
  const begun = isModuleBegun(snapshot, module.slug, progress);
  return {
    ...place,
    state: done ? 'done' : isNow ? 'now' : 'open',
    statusText: t(`course.status.${done ? 'done' : begun ? 'now' : 'open'}`),
    begun,
  };
}

/** The quiz of a renewal, where the course is taken by it, and the final. */
const closingRows = (cycleId: string, course: CourseSnapshot, progress: Progress, t: Translate): TaskRow[] =>
  [
    { name: RENEWAL, quiz: renewalQuiz(course) },
    { name: FINAL, quiz: course.final },
  ].flatMap(({ name, quiz }) => (quiz ? [closingRow({ cycleId, course, name, quiz, progress }, t)] : []));

interface ClosingAt {
  readonly cycleId: string;
  readonly course: CourseSnapshot;
  readonly name: string;
  readonly quiz: SnapshotQuiz & { readonly scenarios?: readonly Scenario[] };
  readonly progress: Progress;
}

function closingRow({ cycleId, course, name, quiz, progress }: ClosingAt, t: Translate): TaskRow {
  const passed = progress.passed.has(name);
  const open = mayTake(course, name, progress);
  const state = passed ? 'done' : open ? 'now' : 'not-yet';
  return {
    title: closingTitle(name, t) ?? name,
    ...(name === FINAL ? { sign: FINAL } : {}),
    href: open ? addresses(cycleId).quiz(name) : null,
    detail: `${questionsOf(quiz, t)} · ${t('components.minutes', { count: inMinutes(answeringSeconds(quiz)) })}`,
    state,
    statusText: t(`course.status.${passed ? 'done' : open ? 'open' : 'not-yet'}`),
    ...(open && !passed ? triedRow(progress.tried?.get(name), t) : {}),
  };
}

/** "10 questions and a case". */
const questionsOf = ({ draw, scenarios = [] }: ClosingAt['quiz'], t: Translate): string =>
  t(scenarios.length > 0 ? 'course.questionsAndCase' : 'course.questions', { count: draw });

function moduleDetail(
  course: CourseSnapshot,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
): string {
  if (module.isUnasked && !isOfPath(module)) return t('module.optional');
  const minutes = t('components.minutes', { count: moduleMinutes(course, module) });
  if (module.isUnasked) return minutes;
  return `${minutes} · ${quizDetail(course, module, progress, t)}`;
}

function quizDetail(
  course: CourseSnapshot,
  { slug, quiz }: SnapshotModule,
  progress: Progress,
  t: Translate,
): string {
  const open = t('course.questions', { count: quiz.draw });
  if (quiz.practice) return practiceText(progress, slug, t) ?? open;
  if (isModuleDone(course, slug, progress)) return t('course.quizPassed');
  const { kind } = progress.tried?.get(slug) ?? { kind: 'open' };
  return kind === 'open' ? open : t('course.quizFailed');
}
