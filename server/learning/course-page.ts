import type { PublishedCourse } from '../courses/catalogue.js';
import { inMinutes, moduleMinutes, optionalReading, quizSeconds } from '../courses/cards.js';
import { titleForLearners, type CourseSnapshot, type SnapshotModule } from '../courses/content/snapshot.js';
import type { Translate } from '../i18n/i18n.js';
import { FINAL, isModuleBegun, isModuleDone, mayTake, nextStep, type Progress } from './completion.js';
import { addresses } from './cycle-addresses.js';
import { nextUp, overview } from './next-up.js';
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

const WHOM_TO_TELL = ['danger', 'work', 'fails'] as const;

/** The modules of a course by group, and the final, as a task list. */
export function groupsOf(cycleId: string, { snapshot }: PublishedCourse, progress: Progress, t: Translate) {
  const now = nextStep(snapshot, progress)?.module?.slug;
  const group = (name: 'core' | 'track') => ({
    title: t(`course.group.${name}`),
    rows: snapshot.modules
      .filter(module => module.group === name)
      .map(module => moduleRow({ cycleId, snapshot, module, progress, isNow: module.slug === now }, t)),
  });
  const track = group('track');
  const final = snapshot.final ? [finalRow(cycleId, snapshot, progress, t)] : [];
  const last = { ...track, rows: [...track.rows, ...final] };
  return [group('core'), last].filter(({ rows }) => rows.length > 0);
}

interface ModuleAt {
  readonly cycleId: string;
  readonly snapshot: CourseSnapshot;
  readonly module: SnapshotModule;
  readonly progress: Progress;
  readonly isNow: boolean;
}

function moduleRow({ cycleId, snapshot, module, progress, isNow }: ModuleAt, t: Translate): TaskRow {
  const done = isModuleDone(snapshot, module.slug, progress);
  const begun = isModuleBegun(snapshot, module.slug, progress);
  return {
    title: titleForLearners(module),
    sign: module.slug,
    href: addresses(cycleId).module(module.slug),
    detail: moduleDetail(snapshot, module, progress, t),
    state: done ? 'done' : isNow ? 'now' : 'open',
    statusText: t(`course.status.${done ? 'done' : begun ? 'now' : 'open'}`),
    begun,
  };
}

function finalRow(cycleId: string, snapshot: CourseSnapshot, progress: Progress, t: Translate): TaskRow {
  const passed = progress.passed.has(FINAL);
  const open = mayTake(snapshot, FINAL, progress);
  const state = passed ? 'done' : open ? 'now' : 'not-yet';
  return {
    title: t('course.final'),
    sign: FINAL,
    href: open ? addresses(cycleId).quiz(FINAL) : null,
    detail: `${questionsOf(snapshot, t)} · ${t('components.minutes', { count: inMinutes(quizSeconds(snapshot.final)) })}`,
    state,
    statusText: t(`course.status.${passed ? 'done' : open ? 'open' : 'not-yet'}`),
    ...(open && !passed ? triedRow(progress.tried?.get(FINAL), t) : {}),
  };
}

/** "10 questions and a case". */
const questionsOf = ({ final }: CourseSnapshot, t: Translate): string =>
  t(final?.scenarios.length ? 'course.questionsAndCase' : 'course.questions', { count: final?.draw ?? 0 });

function moduleDetail(
  course: CourseSnapshot,
  module: SnapshotModule,
  progress: Progress,
  t: Translate,
): string {
  const minutes = t('components.minutes', { count: moduleMinutes(course, module) });
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
