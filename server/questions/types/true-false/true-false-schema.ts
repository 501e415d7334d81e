import { z } from 'zod';
import { keyFaults, withRules } from '../../item-faults.js';
import { optionId } from '../../item-shapes.js';
import { itemFields, judgingOption } from '../../item.js';

/** `options` are the reasons. */
export const trueFalseSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('true-false'),
    truth: z.boolean(),
    options: z.array(judgingOption).length(3),
    key: z.array(optionId).length(1),
  }),
  item => keyFaults(item, item.key),
);
