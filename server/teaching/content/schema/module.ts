import { z } from 'zod';
import { checkId, lessonDecisionId, lessonSortId } from './shapes.js';
import { DISPOSITIONS } from '../../questions/types/decision/dispositions.js';
import {
  factId,
  line,
  objectiveId,
  option,
  optionId,
  passage,
  pointId,
} from '../../questions/item-shapes.js';

/** modules/<slug>/module.yaml. `learnerTitle`: the module's name on the pages of those who take it, where that is not its `title`. */
export const moduleSchema = z.strictObject({
  code: z.string().regex(/^[A-Z]{1,2}\d?$/, 'Write a code like "M2" or "TA".'),
  title: line,
  learnerTitle: line.exactOptional(),
  summary: line,
  objectives: z
    .array(z.strictObject({ id: objectiveId, text: line }))
    .min(1)
    .max(12),
  notice: passage.exactOptional(),
  care: passage.exactOptional(),
});

/** One unscored question from memory inside a lesson. */
const checkSchema = z.strictObject({
  id: checkId,
  stem: passage,
  options: z.array(option).min(2).max(4),
  key: optionId,
});

/** A short situation inside a lesson: one of the four decisions is right, and each says why. Unscored as well. */
const lessonDecisionSchema = z.strictObject({
  id: lessonDecisionId,
  story: passage,
  key: z.enum(DISPOSITIONS),
  feedback: z.strictObject({ 'carry-on': passage, note: passage, tell: passage, urgent: passage }),
});

/**
 * Things inside a lesson that each belong to one group, such as an answer, a kind or a place in an order. Each says why.
 * `group` counts from 1. Unscored as well.
 */
const lessonSortSchema = z.strictObject({
  id: lessonSortId,
  stem: line,
  groups: z.array(line).min(2).max(4),
  things: z
    .array(z.strictObject({ text: line, group: z.int().min(1).max(4), feedback: line }))
    .min(3)
    .max(5),
});

/** The front matter of modules/<slug>/lessons/NN-<slug>.md */
export const lessonSchema = z.strictObject({
  title: line,
  lead: line,
  objectives: z.array(objectiveId).min(1),
  facts: z.array(factId),
  teaches: z.array(pointId),
  minutes: z.int().min(1).max(60),
  optional: z.boolean(),
  notice: passage.exactOptional(),
  summary: z.array(line).min(3).max(5),
  tomorrow: line,
  checks: z.array(checkSchema).max(3).default([]),
  decisions: z.array(lessonDecisionSchema).max(4).exactOptional(),
  sorts: z.array(lessonSortSchema).max(2).exactOptional(),
});
