import { z } from 'zod';
import { keyFaults, repeats, when, withRules, type ItemFault } from '../../item-faults.js';
import { line, option, optionId, promptId } from '../../item-shapes.js';
import { itemFields, type OptionItem } from '../../item.js';

/** One option more than prompts; the key names the option of each prompt, in the order of the prompts. */
export const matchingSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('matching'),
    prompts: z
      .array(z.strictObject({ id: promptId, text: line }))
      .min(4)
      .max(6),
    options: z.array(option).min(5).max(7),
    key: z.array(optionId).min(4).max(6),
  }),
  item => [
    ...keyFaults(item, item.key),
    ...pairFaults(
      item,
      item.prompts.map(({ id }) => id),
    ),
  ],
);

function pairFaults({ id, options, key }: OptionItem, prompts: readonly string[]): ItemFault[] {
  return [
    ...when(repeats(prompts), {
      path: ['prompts'],
      problem: `${id} has two prompts with one id.`,
      fix: 'Give each prompt its own letter.',
    }),
    ...when(options.length !== prompts.length + 1, {
      path: ['options'],
      problem: `${id} has ${options.length} options for ${prompts.length} prompts.`,
      fix: 'Write one option more than prompts.',
    }),
    ...when(key.length !== prompts.length, {
      path: ['key'],
      problem: `The key of ${id} names ${key.length} options for ${prompts.length} prompts.`,
      fix: 'Name the option of each prompt, in the order of the prompts.',
    }),
  ];
}
