import { z } from 'zod';
import { LEVELS, type Level } from './levels.js';

export type Depth = 'essentials' | 'full';

export interface Option {
  readonly id: string;
  readonly text: string;
  readonly feedback: string;
  /** What choosing it says of the situation, where it says anything. It would tell the key: for after the submission. */
  readonly judges?: 'concern' | 'no-concern' | 'appearance' | undefined;
}

/** What every item of a bank has, whatever its kind (the item shape of `quiz.yaml`). */
export interface Item {
  readonly id: string;
  readonly objective: string;
  readonly level: Level;
  readonly type: string;
  /** The lowest depth at which it may be drawn. */
  readonly depth: Depth;
  /** The never-rule a safety-critical item tests, such as `never-2`; false for all others. */
  readonly critical: string | false;
  readonly judgement?: 'concern' | 'no-concern' | undefined;
  readonly stem: string;
  readonly facts: readonly string[];
}

/** An item answered by choosing among options; `key` names the right ones. */
export interface OptionItem extends Item {
  readonly options: readonly Option[];
  readonly key: readonly string[];
}

export const text = z.string().regex(/\S/, 'must not be empty');
const optionId = z.string().regex(/^[a-z]$/, 'must be one small letter');

/** The zod fields of `Item`, to be spread into the schema of a kind, which adds its own `type`. */
export const itemFields = {
  id: text,
  objective: text,
  level: z.enum(LEVELS),
  depth: z.enum(['essentials', 'full']),
  critical: z.union([
    z.literal(false),
    z.string().regex(/^never-[1-8]$/, 'must be false or never-1 … never-8'),
  ]),
  judgement: z.enum(['concern', 'no-concern']).optional(),
  stem: text,
  facts: z.array(text),
};

/** The zod fields of `OptionItem`. */
export const optionItemFields = {
  ...itemFields,
  options: z
    .array(
      z.strictObject({
        id: optionId,
        text,
        feedback: text,
        judges: z.enum(['concern', 'no-concern', 'appearance']).optional(),
      }),
    )
    .min(2)
    .refine(options => areDistinct(options.map(option => option.id)), 'option ids must differ'),
  key: z.array(optionId).min(1).refine(areDistinct, 'the key names an option twice'),
};

/** The key of a kind with exactly one right option. */
export const oneRightOption = z.tuple([optionId]);

/** Does every id in the key name one of the options? */
export function keyNamesOptions(item: OptionItem): boolean {
  return item.key.every(id => item.options.some(option => option.id === id));
}

/** Half a safe answer is not safe: a safety-critical item gives no part of its points. */
export function isAllOrNothing(item: Pick<Item, 'critical'>): boolean {
  return item.critical !== false;
}

export function areDistinct(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}
