import { z } from 'zod';
import { keyFaults, withRules } from '../../item-faults.js';
import { optionId } from '../../item-shapes.js';
import { itemFields, judgingOption } from '../../item.js';
import { optionChoices } from '../../options.js';
import type { Choice } from '../../question-type.js';
import { unsafeFaults, unsafeMark, type Listing } from '../../unsafe-choices.js';

export const SIDES = ['true', 'false'] as const;

/** `options` are the reasons. What is unsafe may be a side of the statement, or a reason. */
export const trueFalseSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('true-false'),
    truth: z.boolean(),
    options: z.array(judgingOption).length(3),
    key: z.array(optionId).length(1),
    unsafe: z
      .array(z.union([optionId, z.enum(SIDES)]))
      .min(1)
      .exactOptional(),
  }),
  item => [
    ...keyFaults(item, item.key),
    ...unsafeFaults(item, [...sideChoices(item), ...optionChoices(item)]),
  ],
);

/** The sides of the statement as they are counted. */
export function sideChoices({ truth, unsafe }: { readonly truth: boolean } & Listing): Choice[] {
  return SIDES.map(id => ({
    ...{ id, part: 'truth', text: '', isRight: id === String(truth) },
    ...unsafeMark(unsafe, id),
  }));
}
