import { z } from 'zod';
import { line } from '../../../questions/item-shapes.js';

/**
 * How a course lets its quizzes be taken. `attempts` that are not passed (null: no limit; with a limit, `ask` says whom
 * to turn to when none is left). `coolDown` in minutes from the end of a failed attempt; one that `grows` is twice as
 * long after the second, three times after the third. `timeLimit` in minutes (null: none), `grace` in seconds for an
 * answer that is on its way. `feedback` on each option once passed, or never. `remediation`: a missed safety rule is
 * worked through before the next attempt.
 */
const policySchema = z.strictObject({
  attempts: z.int().min(1).max(50).nullable().default(null),
  ask: line.exactOptional(),
  coolDown: z
    .strictObject({ minutes: z.int().min(1).max(10_080), grows: z.boolean() })
    .nullable()
    .default(null),
  timeLimit: z.int().min(5).max(600).nullable().default(null),
  grace: z.int().min(0).max(600).default(30),
  feedback: z.enum(['after-pass', 'objectives-only']).default('after-pass'),
  remediation: z.boolean().default(true),
});

/** One for the quizzes of modules, one for the final; what is left out is as usual. */
export const coursePolicySchema = z.strictObject({
  quizzes: policySchema.exactOptional(),
  final: policySchema.exactOptional(),
});

export type QuizPolicy = z.infer<typeof policySchema>;

/** What holds where a course says nothing, and for courses that were published before they could. */
export const usualPolicy: QuizPolicy = policySchema.parse({});
