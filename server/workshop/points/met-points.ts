import type { CourseSnapshot } from '../../teaching/content/snapshot.js';
import { ownQuiz } from '../../teaching/content/snapshot.js';
import { FINAL } from '../../teaching/learning/completion.js';
import type { Item } from '../../teaching/questions/item.js';
import type { JobName } from '../../teaching/questions/jobs.js';
import { itemIn, newForm, quizOf } from '../../teaching/quizzes/quiz.js';

/** What the learners of one job were asked of the points that their course claims, each sitting every quiz once. */
export interface MetPoints {
  readonly job: JobName | null;
  /** How many of the learners met each point. */
  readonly met: ReadonlyMap<string, number>;
  /** The fewest different points that one of them met. */
  readonly fewest: number;
  /** The smallest share of one form's questions that ask a point; 0 to 1. */
  readonly leastOfForm: number;
}

/** Draws every quiz of the course and its final for so many learners of one job. The same arguments give the same figures. */
export function metPoints(
  course: CourseSnapshot,
  job: JobName | null,
  { learners, seed }: { readonly learners: number; readonly seed: string },
): MetPoints {
  const quizzes = [...course.modules.filter(ownQuiz).map(({ slug }) => slug), FINAL].flatMap(name => {
    const quiz = quizOf(course, name);
    return quiz ? [{ ...quiz, job }] : [];
  });
  const met = new Map<string, number>();
  let [fewest, leastOfForm] = [Infinity, 1];
  for (let learner = 0; learner < learners; learner += 1) {
    const own = new Set<string>();
    for (const quiz of quizzes) {
      const form = newForm(quiz, [], [seed, quiz.name, job ?? '', learner].join(':'));
      const items: Item[] = form.slice(0, quiz.draw).map(drawn => itemIn(quiz, drawn).item);
      const asking = items.filter(({ points }) => points !== undefined);
      leastOfForm = Math.min(leastOfForm, asking.length / quiz.draw);
      for (const { points = [] } of asking) for (const point of points) own.add(point);
    }
    for (const point of own) met.set(point, (met.get(point) ?? 0) + 1);
    fewest = Math.min(fewest, own.size);
  }
  return { job, met, fewest, leastOfForm };
}
