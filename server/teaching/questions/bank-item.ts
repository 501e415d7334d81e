import { z } from 'zod';
import type { Item } from './item.js';
import { questionTypes } from './question-types.js';

/** An item of a bank, held against every rule of its own type. */
export const bankItemSchema: z.ZodType<Item> = z
  .looseObject({ type: z.string() })
  .transform((item, context): Item => {
    const banked = questionTypes.names.filter(name => questionTypes.named(name).isBanked);
    if (!banked.includes(item.type)) return refuse(context, [typeIssue(item, banked)]);
    const parsed = questionTypes.of(item).itemSchema.safeParse(item);
    return parsed.success ? parsed.data : refuse(context, parsed.error.issues);
  });

function refuse({ issues }: z.RefinementCtx, found: readonly z.core.$ZodIssue[]): never {
  issues.push(...found.map(issue => issue as z.core.$ZodRawIssue));
  return z.NEVER;
}

const typeIssue = (item: { type: string }, values: string[]): z.core.$ZodIssue => ({
  code: 'invalid_value',
  path: ['type'],
  values,
  input: item.type,
  message: 'There is no such type of question',
});
