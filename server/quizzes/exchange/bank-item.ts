import type { Item, OptionItem } from '../../questions/item.js';

/** An item of a bank as it is written in `quiz.yaml`, of any kind that can be exchanged. */
export interface BankItem extends OptionItem {
  /** Of `true-false`: whether the statement holds. */
  readonly truth?: boolean;
  /** Of `matching`: what is to be paired with an option, in the order of `key`. */
  readonly prompts?: readonly { readonly id: string; readonly text: string }[];
}

const KINDS = ['single', 'multiple', 'true-false', 'ordering', 'matching'];

/** Kinds that no foreign format knows, such as the record of a case, stay here. */
export const isBankItem = (item: Item): item is BankItem => KINDS.includes(item.type);

/** The options of an item in the order of its key, then the rest as the item lists them. */
export function keyFirst({ options, key }: Pick<BankItem, 'options' | 'key'>): BankItem['options'] {
  const right = key.flatMap(id => options.filter(option => option.id === id));
  return [...right, ...options.filter(option => !right.includes(option))];
}

/** Safety-critical items give no part of their points. */
export const isCritical = ({ critical }: Pick<BankItem, 'critical'>): boolean => critical !== false;
