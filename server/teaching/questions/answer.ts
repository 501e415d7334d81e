import { z } from 'zod';

/**
 * What a learner gave to one question: named fields, each a text or a list of texts. Plain enough
 * to be stored as JSON; each type decides which fields it uses. Every type's `parse` writes the
 * same choice in the same way, whatever order it was ticked in.
 */
export type Answer = Readonly<Record<string, string | readonly string[]>>;

/** Reads an answer back from where it was stored. */
export const answerSchema: z.ZodType<Answer> = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string())]),
);

/** Do two answers hold the same fields with the same values? */
export function sameAnswer(a: Answer, b: Answer): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every(name => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}
