import { inMinutes, readingSeconds } from '../../courses/cards.js';
import type { PublishedCourse } from '../../courses/catalogue.js';
import { titleForLearners, type SnapshotLesson, type SnapshotModule } from '../../content/snapshot.js';
import { placeOfModule } from '../../exhibits/drawn.js';
import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import { renderedLesson } from '../../courses/lesson-html.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { firstDecision } from './case-page.js';
import type { JobName } from '../../questions/jobs.js';
import { lessonsInOrder, requiredLessons, type Progress } from '../completion.js';
import { addresses } from '../cycle-addresses.js';
import { lessonQuestions, type LessonQuestion } from '../lesson-questions.js';
import { contentsOf, objectivesOf, placeOf } from './module-page.js';

/** An answer to a question from memory. */
export interface CheckAnswer {
  readonly id: string;
  readonly choice: string;
}

/** What the page of a lesson is made from. */
interface LessonInputs {
  readonly cycleId: string;
  readonly course: PublishedCourse;
  readonly module: SnapshotModule;
  readonly lesson: SnapshotLesson;
  readonly progress: Progress;
  /** The learner's job; null where none is chosen. */
  readonly job: JobName | null;
  readonly answer: CheckAnswer | null;
  /** Made to be kept on a device: answered there, and linked to nothing that needs a connection. */
  readonly isCopy: boolean;
  /** What follows the lesson. */
  readonly titleAfter: string;
}

/**
 * A lesson in plain values for its page. `isOpen`: the question that was answered is still to be answered, since nothing
 * was chosen. Null when the lesson has no such question.
 */
export function lessonPage(inputs: LessonInputs) {
  const { cycleId, course, module, lesson, progress, job, answer, isCopy, titleAfter } = inputs;
  const questions = lessonQuestions(lesson, job, spoken);
  const asked = answer && questions.find(({ id }) => id === answer.id);
  if (answer && !asked) return null;
  const isOpen = Boolean(asked && !asked.options.some(({ id }) => id === answer.choice));
  const problem = spoken('question.problem.missing');
  const to = addresses(cycleId);
  const here = to.lesson(module.slug, lesson.name);
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
    sections: rendered.blocks.map(block =>
      block.kind === 'check'
        ? {
            kind: 'check' as const,
            check: checkOf(questions, block.id, { here, answer, isCopy }),
            error: isOpen && block.id === asked?.id ? problem : null,
          }
        : block.kind === 'exhibit'
          ? { kind: 'exhibit' as const, exhibit: exhibitIn(lesson, block.id) }
          : block,
    ),
    sources: rendered.sources,
    errors: isOpen && asked ? { [`${asked.id}-${asked.options[0]?.id}`]: problem } : {},
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
  return { values, isOpen };
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

function exhibitIn({ name, exhibits = [] }: SnapshotLesson, id: string): Exhibit {
  const exhibit = exhibits.find(each => each.id === id);
  if (!exhibit) throw new Error(`Lesson ${name} places an exhibit that it does not have: ${id}`);
  return exhibit;
}

function checkOf(
  questions: readonly LessonQuestion[],
  id: string,
  { here, answer, isCopy }: { here: string; answer: CheckAnswer | null; isCopy: boolean },
) {
  const check = questions.find(each => each.id === id);
  if (!check) throw new Error(`A lesson places a question that it does not have: ${id}`);
  const chosen = answer?.id === id ? check.options.find(option => option.id === answer.choice) : undefined;
  return {
    id,
    stem: check.stem,
    // A copy is read where no server can answer; what is asked in a lesson is practice.
    options: check.options.map(option => ({
      ...{ id: option.id, text: option.text },
      ...(isCopy ? { right: option.id === check.key, feedback: option.feedback } : {}),
    })),
    action: `${here}/checks/${id}#check-${id}`,
    answered: chosen
      ? { chosen: chosen.id, right: chosen.id === check.key, feedback: chosen.feedback }
      : null,
  };
}
