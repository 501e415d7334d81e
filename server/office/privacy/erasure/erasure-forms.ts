import { z } from 'zod';

const reason = z
  .string('errors.erasureReason')
  .trim()
  .min(1, 'errors.erasureReason')
  .max(500, 'errors.blockReason-long');

/** Somebody else is to be erased, or a legal hold placed: with a reason. */
export const reasonForm = z.object({ reason });
/** One's own details are to be erased. */
export const sureForm = z.object({ sure: z.literal('yes', 'errors.sure') });
export const decisionForm = z.object({
  reason,
  decision: z.enum(['erase', 'refuse'], 'errors.erasureDecision'),
});
