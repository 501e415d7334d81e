import { inMinutes, readingSeconds } from '../../courses/cards.js';
import type { PublishedCourse } from '../../courses/catalogue.js';
import { titleForLearners, type SnapshotLesson, type SnapshotModule } from '../../content/snapshot.js';
import { placeOfModule } from '../../exhibits/drawn.js';
import { renderedLesson } from '../../courses/lesson-html.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { firstDecision } from './case-page.js';
import type { JobName } from '../../questions/jobs.js';
import { lessonsInOrder, requiredLessons, type Progress } from '../completion.js';
import { addresses } from '../cycle-addresses.js';
import { lessonParts, lessonStops, type LessonAnswer } from './lesson-parts.js';
import { contentsOf, objectivesOf, placeOf } from './module-page.js';

/** What the page of a lesson is made from. */
interface LessonInputs {
  readonly cycleId: string;
  readonly course: PublishedCourse;
  readonly module: SnapshotModule;
  readonly lesson: SnapshotLesson;
  readonly progress: Progress;
  /** The learner's job; null where none is chosen. */
  readonly job: JobName | null;
  readonly answer: LessonAnswer | null;
  /** Made to be kept on a device: answered there, and linked to nothing that needs a connection. */
  readonly isCopy: boolean;
  /** What follows the lesson. */
  readonly titleAfter: string;
}

/**
 * A lesson in plain values for its page. `isOpen`: what was answered still lacks something. Null when the lesson asks no
 * such thing.
 */
export function lessonPage(inputs: LessonInputs) {
  const { cycleId, course, module, lesson, progress, job, answer, isCopy, titleAfter } = inputs;
  const to = addresses(cycleId);
  const here = to.lesson(module.slug, lesson.name);
  const parts = lessonParts({ lesson, job, answer, here, isCopy });
  if (answer && !parts.some(({ id }) => id === answer.id)) return null;
  const open = parts.find(part => part.open !== null);
  const place = placeOf(module, lesson.name);
  const after = following(module, lesson);
  const lessons = lessonsInOrder(module);
  const before = lessons[lessons.indexOf(lesson) - 1];
  // A page that answers a check stands two steps deeper.
  const rendered = renderedLesson(course.snapshot, lesson, answer ? '../../../..' : '../../..');
  const values = {
    module: { title: titleForLearners(module), href: to.module(module.slug) },
    opener: place.position === 1 ? placeOfModule(module.slug) : null,
    lesson: {
      ...lesson,
      ...place,
      minutes: inMinutes(readingSeconds(lesson)),
      notice: lesson.notice ?? null,
      objectives: objectivesOf(module, lesson.objectives),
    },
    stops: lessonStops(rendered.blocks, lesson, parts),
    sources: rendered.sources,
    errors: open?.open && open.error ? { [open.open]: open.error } : {},
    contents: contentsOf(cycleId, course, module, progress, lesson.name, spoken),
    previous: before ? { title: before.title, href: to.lesson(module.slug, before.name) } : null,
    next: {
      title: titleAfter,
      post: `${here}/completion`,
      then: after ? to.lesson(module.slug, after.name) : to.course,
    },
    practice: after || isCopy ? null : practiceOf(module, to),
    care: after ? null : (module.care ?? null),
    careHref: to.care,
  };
  return { values, isOpen: open !== undefined };
}

/** The next lesson of the module that counts; null after the last one, and after those that do not count. */
export function following(module: SnapshotModule, lesson: SnapshotLesson): SnapshotLesson | null {
  if (lesson.optional) return null;
  const counting = requiredLessons(module);
  return counting[counting.indexOf(lesson) + 1] ?? null;
}

/** The case of the module, from its first decision on. */
const practiceOf = ({ scenario, slug }: SnapshotModule, to: ReturnType<typeof addresses>) =>
  firstDecision({ scenario, care: null, careHref: to.care, href: to.case(slug), back: null });
