import type { CourseSnapshot } from '../courses/content/snapshot.js';
import type { DrawnSlot } from '../quizzes/drawing/draw-form.js';
import { itemIn, quizOf, type Quiz } from '../quizzes/quiz.js';
import type { Item } from '../questions/item.js';
import { FULL_POINTS, type QuestionType } from '../questions/question-type.js';

/** An item of a module's bank, with the module. */
export interface BankItem extends Item {
  readonly module: string;
  readonly options?: readonly { readonly id: string }[];
}

/** What is answered in steps or in writing takes longer than a question by the way may. */
const TOO_LONG = ['scenario', 'report'];

/**
 * The items that baselines and refreshers draw from: the banks of the modules. The final's bank is left out, so that
 * nobody meets its questions, or their answers, anywhere but in the final.
 */
export const bankOf = ({ modules }: CourseSnapshot): BankItem[] =>
  modules.flatMap(({ slug, quiz }) =>
    quiz.items.filter(({ type }) => !TOO_LONG.includes(type)).map(item => ({ ...item, module: slug })),
  );

/** The item in a slot, its module and its kind. Throws when the form is not of this course. */
export function itemAt(course: CourseSnapshot, drawn: DrawnSlot): { item: BankItem; type: QuestionType } {
  for (const { slug } of course.modules) {
    const quiz = quizOf(course, slug);
    if (!quiz?.items.some(({ id }) => id === drawn.itemId)) continue;
    const { item, type } = itemIn(quiz, drawn);
    return { item: { ...item, module: slug }, type };
  }
  throw new RangeError(`Item ${drawn.itemId} is in no module of ${course.slug}`);
}

/** An attempt as it was handed in: the quiz, and the points of each item. */
export interface Handed {
  readonly quiz: string;
  readonly slots: readonly { readonly itemId: string; readonly points: number }[];
}

/** The objectives of all items, and cases, that were not wholly right in any attempt. */
export function missedObjectives(course: CourseSnapshot, attempts: readonly Handed[]): Set<string> {
  const missed = attempts.flatMap(({ quiz: name, slots }) => {
    const quiz = quizOf(course, name);
    const wrong = slots.filter(({ points }) => points < FULL_POINTS);
    return quiz ? wrong.flatMap(({ itemId }) => objectiveIn(quiz, itemId) ?? []) : [];
  });
  return new Set(missed);
}

function objectiveIn(quiz: Quiz, itemId: string): string | null {
  const isIn = quiz.scenario?.id === itemId || quiz.items.some(({ id }) => id === itemId);
  return isIn ? itemIn(quiz, { itemId, optionOrder: [] }).item.objective : null;
}
