import { z } from 'zod';
import { keyFaults, when, withRules } from '../../item-faults.js';
import { option, optionId } from '../../item-shapes.js';
import { itemFields } from '../../item.js';

/** `options` are the steps; the key names all of them in the one right order. */
export const orderingSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('ordering'),
    options: z.array(option).min(4).max(6),
    key: z.array(optionId).min(4).max(6),
  }),
  item => [
    ...keyFaults(item, item.key),
    ...when(item.key.length !== item.options.length, {
      path: ['key'],
      problem: `The key of ${item.id} does not name every step.`,
      fix: 'Name all steps in the right order.',
    }),
  ],
);
