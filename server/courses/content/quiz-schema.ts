import { z } from 'zod';
import {
  depth,
  factId,
  itemId,
  judgement,
  neverRule,
  objectiveId,
  option,
  optionId,
  passage,
} from './shapes.js';

const shared = {
  id: itemId,
  objective: objectiveId,
  level: z.enum(['remember', 'understand', 'apply', 'analyse', 'evaluate']),
  depth,
  critical: z.union([z.literal(false), neverRule], {
    error: 'Write false, or the never-rule that the item tests, like never-2.',
  }),
  judgement: judgement.exactOptional(),
  stem: passage,
  facts: z.array(factId),
};

/** A safety-critical item needs three options: a guess between two may not decide a pass. */
const single = z.strictObject({
  ...shared,
  type: z.literal('single'),
  options: z.array(option).min(3).max(4),
  key: z.array(optionId).length(1),
});
const multiple = z.strictObject({
  ...shared,
  type: z.literal('multiple'),
  options: z.array(option).min(4).max(5),
  key: z.array(optionId).min(2).max(3),
});
const trueFalse = z.strictObject({
  ...shared,
  type: z.literal('true-false'),
  truth: z.boolean(),
  options: z.array(option).length(3),
  key: z.array(optionId).length(1),
});

export const itemSchema = z.discriminatedUnion('type', [single, multiple, trueFalse]);

/** modules/<slug>/quiz.yaml and modules/final/quiz.yaml */
export const quizSchema = z.strictObject({ items: z.array(itemSchema).min(1).max(200) });
