import { at } from './known.js';
import type { LoadedModule } from '../load/loaded.js';
import type { Fault } from '../schema/types.js';
import type { Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';

/** What readers answered was answered to items of this bank, and whole: half an answer tells nothing of a key. */
export function readingFaults(review: LoadedModule['review'], items: readonly Item[]): Fault[] {
  return review.value.readings.flatMap(({ item: id, answers }, r) => {
    const item = items.find(each => each.id === id);
    if (!item) return [at(review, ['readings', r], `The bank has no item ${id}.`, 'Remove its readings.')];
    const type = questionTypes.of(item);
    return Object.entries(answers).flatMap(([reader, answer]) =>
      type.isComplete(item, answer)
        ? []
        : [
            at(
              review,
              ['readings', r, 'answers', reader],
              `The answer of ${reader} to ${id} is not complete.`,
              `Write it like ${JSON.stringify(type.correctResponse(item))}.`,
            ),
          ],
    );
  });
}
