import { askedAmong, formItems } from '../content/drawable.js';
import type { Quiz } from '../quizzes/quiz-model.js';
import type { CourseSnapshot } from '../content/snapshot.js';
import type { DrawnSlot } from '../quizzes/drawing/draw-form.js';
import { isCase, itemIn, quizOf } from '../quizzes/quiz.js';
import type { Item } from '../questions/item.js';
import { FULL_POINTS, type QuestionType } from '../questions/question-type.js';
import { questionTypes } from '../questions/question-types.js';

/** An item of a module's bank, with the module's slug. */
export interface ModuleItem extends Item {
  readonly module: string;
  readonly options?: readonly { readonly id: string }[];
}

/**
 * The items that baselines and refreshers draw from: those in the banks of the modules that count and are for every job that the
 * course asks about, since a baseline comes before the learner has chosen one. The final's bank is left out, so that nobody meets its questions, or their
 * answers, anywhere but in the final.
 */
export function moduleItems(course: CourseSnapshot): readonly ModuleItem[] {
  const items = known.get(course) ?? itemsOf(course);
  known.set(course, items);
  return items;
}

const known = new WeakMap<CourseSnapshot, readonly ModuleItem[]>();

const itemsOf = ({ modules, jobs }: CourseSnapshot): readonly ModuleItem[] =>
  modules.flatMap(({ slug, quiz }) =>
    askedAmong(jobs)
      .reduce(formItems, quiz.items)
      .filter(item => questionTypes.of(item).isShort)
      .map(item => ({ ...item, module: slug })),
  );

/** The item in a slot, with its module, and its type. Throws a RangeError where the item is in no module of the course. */
export function itemAt(course: CourseSnapshot, drawn: DrawnSlot): { item: ModuleItem; type: QuestionType } {
  for (const { slug } of course.modules) {
    const quiz = quizOf(course, slug);
    if (!quiz?.items.some(({ id }) => id === drawn.itemId)) continue;
    const { item, type } = itemIn(quiz, drawn);
    return { item: { ...item, module: slug }, type };
  }
  throw new RangeError(`Item ${drawn.itemId} is in no module of ${course.slug}`);
}

/** A submitted attempt: its quiz, and the points of each item. */
export interface GradedAttempt {
  readonly quiz: string;
  readonly slots: readonly { readonly itemId: string; readonly points: number; readonly trial?: true }[];
}

/** The objectives of all items, and cases, that earned less than full points in some attempt. */
export function missedObjectives(course: CourseSnapshot, attempts: readonly GradedAttempt[]): Set<string> {
  const missed = attempts.flatMap(({ quiz: name, slots }) => {
    const quiz = quizOf(course, name);
    const wrong = slots.filter(({ points, trial }) => !trial && points < FULL_POINTS);
    return quiz ? wrong.flatMap(({ itemId }) => objectiveIn(quiz, itemId) ?? []) : [];
  });
  return new Set(missed);
}

function objectiveIn(quiz: Quiz, itemId: string): string | null {
  const isIn = isCase(quiz, { itemId }) || quiz.items.some(({ id }) => id === itemId);
  return isIn ? itemIn(quiz, { itemId, optionOrder: [] }).item.objective : null;
}
