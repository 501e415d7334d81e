import type { Answer } from '../../teaching/questions/answer.js';
import type { Item } from '../../teaching/questions/item.js';
import type { CaseNode } from '../../teaching/questions/types/scenario/scenario-walk.js';
import type { Random } from '../../teaching/quizzes/drawing/seeded-random.js';

/** A simulated learner. */
export interface Bot {
  readonly name: string;
  /** Has it learnt nothing? Then it must not pass. */
  readonly isGuesser: boolean;
  answer(item: Item, random: Random): Answer;
  /** The id of what it chooses at one decision of a case. */
  chooseIn(node: CaseNode, random: Random): string;
}
