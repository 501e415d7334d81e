import { z } from 'zod';
import { line } from '../../questions/item-shapes.js';

const MINUTES_A_DAY = 1440;

/**
 * `tries` may fail within any `days`. `waits`: minutes from the end of a failed try to the next one, after the first failure within
 * the window, the second, and so on; after the last one the window decides.
 */
const windowSchema = z
  .strictObject({
    tries: z.int().min(2).max(20),
    days: z.int().min(1).max(90),
    waits: z.array(z.int().min(0).max(10_080)),
  })
  .refine(({ tries, waits }) => waits.length === tries - 1, {
    message: 'has one wait fewer than tries: nothing but the window follows the last',
    path: ['waits'],
  })
  .refine(({ days, waits }) => waits.every(minutes => minutes <= days * MINUTES_A_DAY), {
    message: 'are no longer than the window',
    path: ['waits'],
  });

/**
 * The rules under which a course's quizzes are taken. `attempts`: how many may fail (null: no limit; with a limit, `ask`
 * says whom to turn to when none is left). `coolDown`: minutes from the end of a failed attempt; one that `grows` is twice
 * as long after the second failure, three times after the third. `window` stands in place of both: so many failures within so
 * many days, and a wait after each; it needs `ask`, too. `timeLimit`: minutes (null: none); `grace`: seconds for an
 * answer that is on its way. `feedback` on each option: once passed, or never. `remediation`: the learner works through a
 * missed safety rule before the next attempt.
 */
const policySchema = z.strictObject({
  attempts: z.int().min(1).max(50).nullable().default(null),
  ask: line.exactOptional(),
  coolDown: z
    .strictObject({ minutes: z.int().min(1).max(10_080), grows: z.boolean() })
    .nullable()
    .default(null),
  window: windowSchema.exactOptional(),
  timeLimit: z.int().min(5).max(600).nullable().default(null),
  grace: z.int().min(0).max(600).default(30),
  feedback: z.enum(['after-pass', 'objectives-only']).default('after-pass'),
  remediation: z.boolean().default(true),
});

/** One policy for the quizzes of modules, one for the final; the default applies to whatever is left out. */
export const coursePolicySchema = z.strictObject({
  quizzes: policySchema.exactOptional(),
  final: policySchema.exactOptional(),
});

export type QuizPolicy = z.infer<typeof policySchema>;
export type TryWindow = z.infer<typeof windowSchema>;

/** The default: for courses that say nothing, and for courses published before they could. */
export const usualPolicy: QuizPolicy = policySchema.parse({});
