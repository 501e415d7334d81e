import type { Promises } from '../../content/bounds.js';
import type { Depth, Item } from '../../questions/item.js';
import type { JobName } from '../../questions/jobs.js';

/** What drawing needs to know of an item; types without options leave them out. */
export interface Drawable extends Pick<
  Item,
  'id' | 'objective' | 'level' | 'depth' | 'critical' | 'roles' | 'points' | 'pair' | 'status' | 'borderline'
> {
  readonly options?: readonly { readonly id: string }[];
  /** The right answer of a decision; absent from every other item. */
  readonly disposition?: string | undefined;
}

export interface FormBlueprint extends Promises {
  /** The bank; ids are distinct. Its order does not matter. */
  readonly items: readonly Drawable[];
  /** How many items of a form count. */
  readonly draw: number;
  readonly depth: Depth;
  /** The learner's job, whose items are drawn. Without one, only items that suit every job are. */
  readonly job?: JobName | null | undefined;
  /**
   * The largest share of forms, in per cent, that an item may be in. With it, every item has about the same chance;
   * without it, each form is as even as can be. Whether the bank is large enough for it is for `content check` to say.
   */
  readonly exposure?: number | undefined;
  /** How many items on trial a form may hold beside those that count. */
  readonly trials?: number | undefined;
  /** Ids of items that the learner has met in other quizzes. */
  readonly practised?: readonly string[] | undefined;
  /** The item ids of this learner's earlier forms, the newest form last. */
  readonly previous: readonly (readonly string[])[];
  readonly seed: string;
}

/** Do two items share a pair, of which no form may hold both? */
export const isTwin = (a: Pick<Drawable, 'pair'>, b: Pick<Drawable, 'pair'>): boolean =>
  a.pair !== undefined && a.pair === b.pair;
