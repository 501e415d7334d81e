import type { Quiz } from '../../quiz-model.js';

/** A pass mark as a share of the questions, and what a panel found just competent people to reach; null until it has judged all. */
export interface CutScore {
  readonly passMark: number;
  readonly borderline: number | null;
}

/**
 * Whether anybody has set the pass mark of a quiz. By the modified Angoff method, six people of the role say of each question
 * what share of the points 100 just competent colleagues would reach; the mean over the bank is where the pass mark belongs.
 * What is on trial decides nothing and is left out. Shares between 0 and 1.
 */
export function cutScore({ items, pass, draw }: Pick<Quiz, 'items' | 'pass' | 'draw'>): CutScore {
  const judged = items.filter(({ status }) => status !== 'trial').map(({ borderline }) => borderline);
  const known = judged.filter(value => value !== undefined);
  const isWhole = known.length === judged.length && known.length > 0;
  const sum = known.reduce((total, value) => total + value, 0);
  return { passMark: pass / draw, borderline: isWhole ? sum / known.length / 100 : null };
}
