import type { PublishedCourse } from '../courses/catalogue.js';
import { inMinutes } from '../courses/cards.js';
import { titleForLearners, type CourseSnapshot, type SnapshotModule } from '../content/snapshot.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import { addresses } from './cycle-addresses.js';
import {
  FINAL,
  RENEWAL,
  isDone,
  isModuleBegun,
  nextStep,
  nextStepIn,
  secondsLeft,
  stepSeconds,
  steps,
  type CourseStep,
  type Progress,
  type Tried,
} from './completion.js';

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
  const title = step.module ? titleForLearners(step.module) : stepName(step, t);
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
  if (kind === 'rules' || kind === 'practised-rules')
    return { note: t(`course.tried.${kind}`, { count: rules }), wait: null };
  return { note: t(`course.tried.${kind}`, { wait: wait?.words ?? '' }), wait };
}

/** What the button says, where it leads to something else than the step itself. */
function actionAt({ kind, rules }: Tried, t: Translate): string | null {
  if (kind === 'rules' || kind === 'practised-rules') return t('remediation.begin', { count: rules });
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

/** What a quiz over the whole course is called; null for that of a module. */
export function closingTitle(quiz: string, t: Translate): string | null {
  if (quiz === FINAL) return t('course.final');
  return quiz === RENEWAL ? t('course.renewal.quiz') : null;
}

/** What a step is called on a button. */
function stepName(step: CourseStep, t: Translate): string {
  if (step.kind === 'lesson') return step.lesson.title;
  return step.module ? quizTitle(step.module, t) : (closingTitle(step.quiz, t) ?? step.quiz);
}

/** What a module's quiz is called. */
export const quizTitle = (module: Pick<SnapshotModule, 'quiz'>, t: Translate): string =>
  t(module.quiz.practice ? 'course.practice' : 'course.quiz');
