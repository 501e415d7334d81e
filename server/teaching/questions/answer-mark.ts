import { FULL_POINTS, type QuestionType } from './question-type.js';

/** What is said of an answer, where its points may be known. */
export type AnswerMark = 'right' | 'close' | 'not-right' | 'unsafe';

/** An unsafe answer is called that whatever else it earns; one that earns a part came close where its type says so. */
export function markOf(
  { points, isUnsafe }: { readonly points: number; readonly isUnsafe: boolean },
  { partIsClose }: Pick<QuestionType, 'partIsClose'>,
): AnswerMark {
  if (isUnsafe) return 'unsafe';
  if (points === FULL_POINTS) return 'right';
  return points > 0 && partIsClose ? 'close' : 'not-right';
}
