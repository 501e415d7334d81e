import type { Answer } from './answer.js';
import type { Option, OptionItem } from './item.js';
import type { Explained } from './question-type.js';

/** The options that an answer names under `field`, in the order the item lists them. */
export function chosenOptions(
  options: readonly Option[],
  value: Answer[string] | undefined,
): readonly Option[] {
  const ids = typeof value === 'string' ? [value] : (value ?? []);
  return options.filter(option => ids.includes(option.id));
}

/**
 * The options as a page may show them: id and text only, in `order`.
 * Throws RangeError when `order` does not name each option exactly once.
 */
export function presentOptions(
  options: readonly Option[],
  order: readonly string[],
): { id: string; text: string }[] {
  const shown = order.flatMap(id => options.filter(option => option.id === id));
  if (order.length !== options.length || new Set(shown).size !== options.length) {
    throw new RangeError(`The order "${order.join(' ')}" is not one of these options`);
  }
  return shown.map(({ id, text }) => ({ id, text }));
}

/** Every option with its feedback; `value` is what the answer names under its field. */
export function explainOptions(
  { options, key }: Pick<OptionItem, 'options' | 'key'>,
  value: Answer[string] | undefined,
): readonly Explained[] {
  const chosen = chosenOptions(options, value);
  return options.map(option => ({
    label: null,
    text: option.text,
    feedback: option.feedback,
    chosen: chosen.includes(option),
    correct: key.includes(option.id),
    instead: null,
  }));
}
