import { z } from 'zod';
import {
  depth,
  factId,
  itemId,
  judgement,
  judges,
  level,
  line,
  neverRule,
  objectiveId,
  option,
  optionId,
  passage,
  promptId,
} from '../../../questions/item-shapes.js';

const shared = {
  id: itemId,
  objective: objectiveId,
  level,
  depth,
  critical: z.union([z.literal(false), neverRule], {
    error: 'Write false, or the never-rule that the item tests, like never-2.',
  }),
  judgement: judgement.exactOptional(),
  stem: passage,
  facts: z.array(factId),
};

/** An option that may be chosen by itself, and so may say what the learner makes of the situation. */
const judging = option.extend({ judges: judges.exactOptional() });

/** A safety-critical item needs three options: a guess between two may not decide a pass. */
const single = z.strictObject({
  ...shared,
  type: z.literal('single'),
  options: z.array(judging).min(3).max(4),
  key: z.array(optionId).length(1),
});
const multiple = z.strictObject({
  ...shared,
  type: z.literal('multiple'),
  options: z.array(judging).min(4).max(5),
  key: z.array(optionId).min(2).max(3),
});
const trueFalse = z.strictObject({
  ...shared,
  type: z.literal('true-false'),
  truth: z.boolean(),
  options: z.array(judging).length(3),
  key: z.array(optionId).length(1),
});
/** `options` are the steps; the key names all of them in the one right order. */
const ordering = z.strictObject({
  ...shared,
  type: z.literal('ordering'),
  options: z.array(option).min(4).max(6),
  key: z.array(optionId).min(4).max(6),
});
/** One option more than prompts; the key names the option of each prompt, in the order of the prompts. */
const matching = z.strictObject({
  ...shared,
  type: z.literal('matching'),
  prompts: z
    .array(z.strictObject({ id: promptId, text: line }))
    .min(4)
    .max(6),
  options: z.array(option).min(5).max(7),
  key: z.array(optionId).min(4).max(6),
});

/**
 * The record of a case, in fields. `model` is a record that holds every field asked for; `avoid` are words that this
 * case adds to those that no record holds. It has no options and no key, and presence cannot decide on safety.
 */
const reportField = z.enum(['time', 'place', 'behaviour', 'words', 'told']);
const report = z.strictObject({
  ...shared,
  critical: z.literal(false),
  type: z.literal('report'),
  fields: z
    .array(z.strictObject({ id: reportField, label: line.exactOptional(), feedback: passage }))
    .min(3)
    .max(5),
  avoid: z.array(line).min(1).max(20).exactOptional(),
  model: z.partialRecord(reportField, line.max(300)),
  feedback: z.strictObject({ complete: passage, missing: passage, appearance: passage, finding: passage }),
});

export const itemSchema = z.discriminatedUnion('type', [
  single,
  multiple,
  trueFalse,
  ordering,
  matching,
  report,
]);

/** modules/<slug>/quiz.yaml and modules/final/quiz.yaml */
export const quizSchema = z.strictObject({ items: z.array(itemSchema).min(1).max(200) });
