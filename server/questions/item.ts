import { z } from 'zod';
import {
  depth,
  factId,
  itemId,
  judgement,
  judges,
  level,
  neverRule,
  objectiveId,
  option,
  passage,
} from './item-shapes.js';
import type { Level } from './levels.js';

export type Depth = z.infer<typeof depth>;
export type Judges = z.infer<typeof judges>;

export type Option = {
  readonly id: string;
  readonly text: string;
  readonly feedback: string;
  /** What choosing it says of the situation, if anything. It would give the key away: for after the submission. */
  readonly judges?: Judges | undefined;
};

/** What every item of a bank has, whatever its type (the item shape of `quiz.yaml`). No interface: it is stored as JSON. */
export type Item = {
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
  /** Every form shows these in an order of its own. Absent from a type that has nothing to shuffle. */
  readonly options?: readonly { readonly id: string }[];
};

/** An item answered by choosing among options; `key` names the right ones. */
export interface OptionItem extends Item {
  readonly options: readonly Option[];
  readonly key: readonly string[];
}

/** The zod fields of `Item`, to be spread into the schema of a type, which adds its own `type`. */
export const itemFields = {
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
export const judgingOption = option.extend({ judges: judges.exactOptional() });

/** The ids of what a form of this item shows in an order of its own. */
export const optionIds = ({ options = [] }: Item): string[] => options.map(({ id }) => id);

/** Half a safe answer is not safe: a safety-critical item gives no part of its points. */
export function isAllOrNothing(item: Pick<Item, 'critical'>): boolean {
  return item.critical !== false;
}
