import { z } from 'zod';
import { keyFaults, when, withRules, type ItemFault } from '../../item-faults.js';
import { optionId } from '../../item-shapes.js';
import { itemFields, judgingOption, type OptionItem } from '../../item.js';
import { optionChoices } from '../../options.js';
import { unsafeFaults } from '../../unsafe-choices.js';

export const multipleChoiceSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('multiple'),
    options: z.array(judgingOption).min(4).max(5),
    key: z.array(optionId).min(2).max(3),
    unsafe: z.array(optionId).min(1).exactOptional(),
  }),
  item => [...keyFaults(item, item.key), ...countFaults(item), ...unsafeFaults(item, optionChoices(item))],
);

const COUNTS = new Map([
  [2, 'two'],
  [3, 'three'],
]);

/** The stem says how many to choose, and at least two options are wrong. */
function countFaults({ id, stem, options, key }: OptionItem): ItemFault[] {
  const word = COUNTS.get(key.length) ?? 'two';
  return [
    ...when(options.length - key.length < 2, {
      path: ['options'],
      problem: `${id} has fewer than two wrong options.`,
      fix: 'Add a wrong option.',
    }),
    ...when(!new RegExp(`\\b${word}\\b`, 'i').test(stem), {
      path: ['stem'],
      problem: `${id} does not say how many to choose.`,
      fix: `End the stem with "Choose ${word}."`,
    }),
  ];
}
