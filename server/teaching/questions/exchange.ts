import type { OptionItem } from './item.js';

/**
 * The forms of question that other programs know. `one`, `several`: a choice with one right option, or with several;
 * `statement`: true or false, and a choice of reasons; `order`: steps in the order of the key; `pairs`: prompts, each
 * with the option that the key names at its place.
 */
export type ExchangeForm = 'one' | 'several' | 'statement' | 'order' | 'pairs';

export type ExchangeFormat = 'gift' | 'moodle' | 'qti';

/** An item as other programs can hold it, whatever its type. */
export interface ExchangeItem extends OptionItem {
  readonly form: ExchangeForm;
  /** Of a statement: whether it holds. */
  readonly truth?: boolean;
  /** Ids of the choices that break its safety rule. */
  readonly unsafe?: readonly string[] | undefined;
  /** Of pairs: what is to be paired with an option, in the order of `key`. */
  readonly prompts?: readonly { readonly id: string; readonly text: string }[];
}

/** What other programs cannot take over. `left-out`: something for which they have no place; `about` names it. */
export interface Loss {
  readonly code: 'left-out' | 'lost-feedback' | 'lost-part' | 'lost-whole' | 'only-moodle' | 'two-questions';
  readonly about?: string;
}

/** An item on its way out, with what each format loses of it. */
export interface Exported {
  readonly item: ExchangeItem;
  readonly losses: Readonly<Record<ExchangeFormat, readonly Loss[]>>;
}

export const LOST_FEEDBACK: Loss = { code: 'lost-feedback' };

/** Other programs know no answer that is half right. */
export const partLosses = ({ critical }: Pick<OptionItem, 'critical'>): Loss[] =>
  critical === false ? [{ code: 'lost-part' }] : [];

/** Other programs give points for half of an answer, and half a safe answer is not safe. */
export const wholeLosses = ({ critical }: Pick<OptionItem, 'critical'>): Loss[] =>
  critical === false ? [] : [{ code: 'lost-whole' }];
