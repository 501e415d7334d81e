import { z } from 'zod';
import { slug } from './shapes.js';
import {
  factId,
  itemId,
  line,
  safetyRule,
  objectiveId,
  option,
  optionId,
  passage,
} from '../../questions/item-shapes.js';

/** A practice question: answered any number of times, explained at once, never scored. */
const practiceItem = z.strictObject({
  id: itemId,
  stem: passage,
  options: z.array(option).length(3),
  key: optionId,
});

/**
 * modules/remediation.yaml: for each safety rule, what to work through after missing it. `notes` say what the rule means in
 * courses for people with duties of their own.
 */
export const remediationSchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        rule: safetyRule,
        text: line,
        why: passage,
        notes: z.array(z.strictObject({ course: slug, text: passage })).default([]),
        objectives: z.array(objectiveId).min(1).max(4),
        facts: z.array(factId),
        example: z.strictObject({ situation: passage, action: passage, reason: passage }),
        items: z.array(practiceItem).min(2).max(4),
      }),
    )
    .min(1)
    .max(9),
});
