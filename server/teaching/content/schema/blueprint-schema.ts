import { z } from 'zod';
import { level, objectiveId } from '../../questions/item-shapes.js';

/** A number of items. */
export const atLeast = z.int().min(1).max(100);

const upTo = z.int().min(0).max(100);
const range = z
  .tuple([upTo, upTo])
  .refine(([least, most]) => least <= most, 'Write the fewest and the most, like [2, 3].')
  .exactOptional();

/** How many decisions each form holds, and from how many to how many of each right answer. */
const decisions = z
  .strictObject({ count: atLeast, 'carry-on': range, note: range, tell: range, urgent: range })
  .refine(
    ({ count, ...ranges }) => Object.values(ranges).reduce((sum, [least]) => sum + least, 0) <= count,
    'asks for more decisions than its count',
  )
  .refine(
    ({ count, ...ranges }) => Object.values(ranges).every(([, most]) => most <= count),
    'allows more of one decision than its count',
  );

/**
 * `levels` and `objectives`: the minimums that every form meets; a level counts this level and above. `own`: the least number
 * of items written for the learner's job; `points`: of those that ask what only the course says. `exposure`: the share of forms (%) that no item should exceed.
 */
export const blueprint = {
  draw: z.int().min(1).max(100),
  pass: z.int().min(1).max(100),
  minCritical: z.int().min(0).max(100),
  levels: z.partialRecord(level, atLeast).exactOptional(),
  objectives: z.record(objectiveId, atLeast).exactOptional(),
  decisions: decisions.exactOptional(),
  own: atLeast.exactOptional(),
  points: atLeast.exactOptional(),
  exposure: z.int().min(1).max(100).exactOptional(),
};
