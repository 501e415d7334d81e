import type { Answer } from '../../questions/answer.js';
import type { Item, OptionItem } from '../../questions/item.js';

/**
 * One thing that can be chosen in an item. `id` is an option's letter, or `true` or `false`; those two and the
 * reasons are two `part`s of one answer.
 */
export interface Choice {
  readonly id: string;
  readonly part: 'truth' | 'option';
  /** The words of the option; empty for true and false. */
  readonly text: string;
  readonly isRight: boolean;
}

/**
 * What can be chosen in an item of which some choices are wrong on their own: single, multiple, true or false with
 * its reasons. Empty for all other kinds: of an ordering or a matching every option is used, a case is a path.
 */
export function choicesOf(item: Item): readonly Choice[] {
  if (!['single', 'multiple', 'true-false'].includes(item.type)) return [];
  const { options, key } = item as OptionItem;
  const letters = options.map(({ id, text }) => ({
    id,
    part: 'option' as const,
    text,
    isRight: key.includes(id),
  }));
  if (item.type !== 'true-false') return letters;
  const { truth } = item as Item & { truth: boolean };
  const sides = ['true', 'false'].map(id => ({
    id,
    part: 'truth' as const,
    text: '',
    isRight: id === String(truth),
  }));
  return [...sides, ...letters];
}

/** The ids of what an answer chose, each once. Fields that choose nothing are passed over. */
export const chosenIn = ({ choice = [], truth = [], reason = [] }: Answer): readonly string[] => [
  ...new Set([choice, truth, reason].flat()),
];
