import type { CourseSnapshot, SnapshotQuiz } from '../courses/content/snapshot.js';
import { FINAL } from '../learning/completion.js';
import type { DrawnSlot } from './drawing.js';
import { next, type AttemptState } from './attempt-state.js';
import type { Answer } from './types/answer.js';
import type { Item } from './types/item.js';
import { questionTypes } from './types/registry.js';
import type { QuestionType } from './types/question-type.js';
import { restudy, total, type GradedSlot, type Restudy, type Total } from './scoring.js';

/** A quiz of a course: its rules and its bank. */
export interface Quiz extends SnapshotQuiz {
  readonly name: string;
  readonly title: string;
}

/** The answer that counts in a slot, with the number of answers kept there. */
export interface Kept {
  readonly slot: number;
  readonly sequence: number;
  readonly response: Answer;
}

/** The quiz of this name in a course (a module's slug, or `final`), or null. */
export function quizOf(course: CourseSnapshot, name: string): Quiz | null {
  if (name === FINAL) return course.final && { ...course.final, name, title: course.title };
  const module = course.modules.find(({ slug }) => slug === name);
  return module ? { ...module.quiz, name, title: module.title } : null;
}

/** The item in a slot, and its kind. Throws when the form and the bank do not belong together. */
export function itemIn(quiz: Quiz, drawn: DrawnSlot): { item: Item; type: QuestionType } {
  const item = quiz.items.find(({ id }) => id === drawn.itemId);
  if (!item) throw new RangeError(`Item ${drawn.itemId} is not in the bank`);
  return { item, type: questionTypes.named(item.type) };
}

/** The attempt as its rules see it. No time limit exists yet. */
export function stateOf(
  form: readonly DrawnSlot[],
  kept: readonly Kept[],
  submittedAt: number | null,
): AttemptState {
  const slots = form.map((_, index) => {
    const answer = kept.find(({ slot }) => slot === index + 1);
    return { slot: index + 1, sequence: answer?.sequence ?? 0, response: answer?.response ?? null };
  });
  return { submittedAt, deadline: null, grace: 0, slots };
}

/** What becomes of one answer. */
export function judgeSave(
  state: AttemptState,
  answer: { slot: number; sequence: number; response: Answer; same: QuestionType['same'] },
  now: number,
) {
  return next(state, { kind: 'save', ...answer }, now);
}

/** Grade a form: each slot by its kind, then the sum. */
export function gradeForm(
  quiz: Quiz,
  form: readonly DrawnSlot[],
  kept: readonly Kept[],
): { slots: GradedSlot[]; total: Total; restudy: Restudy[] } {
  const slots = form.map((drawn, index) => {
    const { item, type } = itemIn(quiz, drawn);
    const answer = kept.find(({ slot }) => slot === index + 1);
    return {
      itemId: item.id,
      critical: item.critical,
      points: answer ? type.grade(item, answer.response) : 0,
    };
  });
  return { slots, total: total(slots, quiz), restudy: restudy(quiz.items, slots) };
}
