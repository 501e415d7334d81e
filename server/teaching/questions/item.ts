import { z } from 'zod';
import { repeats } from './item-faults.js';
import { exhibitReference } from '../exhibits/exhibit-schema.js';
import type { ExhibitReference } from '../exhibits/exhibit-shape.js';
import {
  CUES,
  depth,
  factId,
  itemId,
  itemTitle,
  roles,
  scene,
  judgement,
  judges,
  level,
  objectiveId,
  option,
  pairId,
  passage,
  pointId,
  safetyRule,
} from './item-shapes.js';
import type { JobName } from './jobs.js';
import type { Level } from './levels.js';
import type { Scene } from './scenes.js';

export type Depth = z.infer<typeof depth>;
export type Judges = z.infer<typeof judges>;

export type Option = {
  readonly id: string;
  readonly text: string;
  readonly feedback: string;
  /** What choosing it says of the situation, if anything. It would give the key away: for after the submission. */
  readonly judges?: Judges | undefined;
};

const cue = z.strictObject({ id: z.enum(CUES), relevant: z.boolean() });
/** Something that the story shows, and whether it may weigh in the decision. */
type Cue = z.infer<typeof cue>;

/** What every item of a bank has, whatever its type (the item shape of `quiz.yaml`). No interface: it is stored as JSON. */
export type Item = {
  readonly id: string;
  readonly objective: string;
  readonly level: Level;
  readonly type: string;
  /** The lowest depth at which it may be drawn. */
  readonly depth: Depth;
  /** The safety rule that a safety-critical item tests, such as `never-2`; false for all others. */
  readonly critical: string | false;
  readonly judgement?: 'concern' | 'no-concern' | undefined;
  readonly stem: string;
  /** The heading of its page, in place of the stem: where and when it plays, and nothing of what happens. */
  readonly title?: string | undefined;
  readonly facts: readonly string[];
  /** The points of the course that it asks, and that nobody knows who was not taught them. Absent where care and reason are enough. */
  readonly points?: readonly string[] | undefined;
  /** The jobs that it is written for; absent where it suits every job. */
  readonly roles?: readonly JobName[] | undefined;
  /** Where the situation plays: it gives the words of the answers. Absent from items that were written before there were scenes. */
  readonly scene?: Scene | undefined;
  /** Shared by two items whose stories differ only in the fact that decides: no form holds both. */
  readonly pair?: string | undefined;
  readonly cues?: readonly Cue[] | undefined;
  /** `trial`: asked without counting, until there are figures for it. Absent: live. */
  readonly status?: 'trial' | 'live' | undefined;
  /** The mean share of the points, 0 to 100, that 100 just competent colleagues would have; absent until it is judged. */
  readonly borderline?: number | undefined;
  /** Shown with the question: whole in what is published, by its name only in a file of content. */
  readonly exhibit?: ExhibitReference | undefined;
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
  critical: z.union([z.literal(false), safetyRule], {
    error: 'Write false, or the safety rule that the item tests, like never-2.',
  }),
  judgement: judgement.exactOptional(),
  stem: passage,
  title: itemTitle.exactOptional(),
  facts: z.array(factId),
  points: z
    .array(pointId)
    .min(1)
    .max(2)
    .refine(points => !repeats(points), 'Name each point once.')
    .exactOptional(),
  roles,
  scene,
  pair: pairId.exactOptional(),
  cues: z
    .array(cue)
    .refine(cues => !repeats(cues.map(({ id }) => id)), 'Name each cue once.')
    .exactOptional(),
  status: z.enum(['trial', 'live']).exactOptional(),
  borderline: z.int().min(0).max(100).exactOptional(),
  exhibit: exhibitReference.exactOptional(),
};

/** An option that may be chosen by itself, and so may say what the learner makes of the situation. */
export const judgingOption = option.extend({ judges: judges.exactOptional() });

/** The ids of what a form of this item shows in an order of its own. */
export const optionIds = ({ options = [] }: Item): string[] => options.map(({ id }) => id);

/** Half a safe answer is not safe: a safety-critical item gives no part of its points. */
export function isAllOrNothing(item: Pick<Item, 'critical'>): boolean {
  return item.critical !== false;
}
