import type { Answer } from '../../server/teaching/questions/answer.js';
import type { Item, OptionItem } from '../../server/teaching/questions/item.js';
import { questionTypes } from '../../server/teaching/questions/question-types.js';

/** The right answer to an item; it reads like the form fields of its page. */
export const rightAnswer = (item: Item): Answer => questionTypes.of(item).correctResponse(item);

/** A complete answer with as little right in it as there can be. */
export const wrongAnswer = (item: Item): Answer => questionTypes.of(item).wrongResponse(item);

export const optionsOf = (item: Item) => (item as Partial<OptionItem>).options ?? [];
