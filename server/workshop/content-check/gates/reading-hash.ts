import { createHash } from 'node:crypto';
import { exhibitOf } from '../../../teaching/exhibits/exhibit-parts.js';
import { optionIds, type Item } from '../../../teaching/questions/item.js';
import { questionTypes } from '../../../teaching/questions/question-types.js';
import type { Answer } from '../../../teaching/questions/answer.js';

/**
 * Names what a blind reader read of an item, and the key that the answers are held against: twelve hexadecimal digits that
 * change with its story, stem, options, exhibit or key, and not with its feedback, facts or figures.
 */
export function readingHash(item: Item): string {
  const type = questionTypes.of(item);
  const { type: _, ...read } = type.present(item, optionIds(item));
  const key = inOrder(type.correctResponse(item));
  const text = JSON.stringify([item.type, item.stem, inOrder(read), exhibitOf(item), key], withoutShape);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** As what an object is drawn says nothing that its name does not say. */
const withoutShape = (name: string, value: unknown): unknown => (name === 'shape' ? undefined : value);

/** Its fields by name, so that no change of our own order changes a hash. */
const inOrder = (fields: object | Answer): [string, unknown][] =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
