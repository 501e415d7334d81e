import type { Translate } from '../../../../platform/i18n/i18n.js';
import { byQuestion, type AnsweredQuestion } from '../../../questions/by-question.js';
import type { Item } from '../../../questions/item.js';
import type { Explained } from '../../../questions/question-type.js';
import { questionTypes } from '../../../questions/question-types.js';

/**
 * A question with its key, for those who rule on it: what it asks, and each option with its place or pair, if it has one, and
 * whether it is right. Where no two answers are the same there is no key to show.
 */
export function inKeyWords(item: Item, t: Translate): AnsweredQuestion<Explained>[] {
  const type = questionTypes.of(item);
  return type.acceptsAnswers ? byQuestion(type.explain(item, {}, t)) : [];
}
