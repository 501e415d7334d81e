import type { Translate } from '../../../i18n/i18n.js';
import type { Item } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';

/** One option of a question, its place or pair if it has one, and whether the key names it. */
export interface KeyTexts {
  readonly label: string | null;
  readonly text: string;
  readonly correct: boolean;
}

/** A question with its key, for those who rule on it. Where no two answers are the same there is no key to show. */
export function inKeyWords(item: Item, t: Translate): KeyTexts[] {
  const type = questionTypes.of(item);
  if (!type.acceptsAnswers) return [];
  return type.explain(item, {}, t).map(({ label, text, correct }) => ({ label, text, correct }));
}
