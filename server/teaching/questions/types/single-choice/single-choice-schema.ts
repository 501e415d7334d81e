import { z } from 'zod';
import { keyFaults, withRules } from '../../item-faults.js';
import { optionId } from '../../item-shapes.js';
import { itemFields, judgingOption } from '../../item.js';
import { optionChoices } from '../../options.js';
import { unsafeFaults } from '../../unsafe-choices.js';

/** Three options at least: a guess between two may not decide a pass. */
export const singleChoiceSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('single'),
    options: z.array(judgingOption).min(3).max(4),
    key: z.array(optionId).length(1),
    unsafe: z.array(optionId).min(1).exactOptional(),
  }),
  item => [...keyFaults(item, item.key), ...unsafeFaults(item, optionChoices(item))],
);
